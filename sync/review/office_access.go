package review

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"mulutong/catalog"
)

// ErrBadCode says that an invitation does not exist, has ended, or was used by
// another device. It is catalog.ErrNotFound: which of these is not said.
var ErrBadCode error = badCode{}

type badCode struct{}

func (badCode) Error() string { return "no such invitation" }
func (badCode) Unwrap() error { return catalog.ErrNotFound }

// codeLength is how many characters a code has: 80 bits, which nobody guesses.
const codeLength = 16

// Invite makes a code with which one device of the unit may enrol once, as a
// clerk's or as the county's own.
func (o *Office) Invite(ctx context.Context, p Person, unit catalog.UnitID, role Role, ttl time.Duration) (string, error) {
	code := rand.Text()[:codeLength]
	err := o.update(ctx, p, func(k desk) error {
		if err := k.mayEnrol(unit, role); err != nil {
			return err
		}
		if ttl <= 0 {
			return &InvalidError{Field: "ttl"}
		}
		i := Invitation{Code: codeHash(code), Unit: unit, Role: role, Expires: k.at.Add(ttl), By: p}
		if err := k.PutInvitation(i); err != nil {
			return err
		}
		return k.log(ActInvite, CaseID{Unit: unit}, string(role), nil, nil)
	})
	if err != nil {
		return "", err
	}
	return code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:], nil
}

// codeHash is the hash of a code as people write it.
func codeHash(code string) Hash {
	code = strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToUpper(code))
	return hashOf([]byte(code))
}

// mayEnrol says whether the person may let a device of the unit and role enrol.
func (k desk) mayEnrol(unit catalog.UnitID, role Role) error {
	if err := k.may(ActInvite, unit, ""); err != nil {
		return err
	}
	u, err := k.Unit(unit)
	if err != nil {
		return err
	}
	if role != Clerk && (role != CountyReviewer || u.Kind != catalog.CountyUnit) {
		return &InvalidError{Field: "role"}
	}
	return nil
}

// Enrol takes in a device by a code. The same device may use it again, should it
// not have learnt that it worked.
func (o *Office) Enrol(ctx context.Context, code string, d Device) (Device, error) {
	var out Device
	err := o.update(ctx, Person{}, func(k desk) error {
		i, err := k.Invitation(codeHash(code))
		if errors.Is(err, catalog.ErrNotFound) {
			return ErrBadCode
		}
		if err != nil {
			return err
		}
		if i.Device == d.ID && d.ID != "" {
			if out, err = k.Device(d.ID); err == nil && out.Revoked.IsZero() {
				return nil
			}
			return errors.Join(ErrBadCode, err)
		}
		if i.Device != "" || !k.at.Before(i.Expires) {
			return ErrBadCode
		}
		i.Device = d.ID
		if err := k.PutInvitation(i); err != nil {
			return err
		}
		d.Unit, d.Role = i.Unit, i.Role
		k.by = i.By
		out, err = k.enrol(d)
		return err
	})
	return out, err
}

// EnrolRequest takes in a device by its request file.
func (o *Office) EnrolRequest(ctx context.Context, p Person, d Device) (Device, error) {
	var out Device
	err := o.update(ctx, p, func(k desk) error {
		if d.Role == "" {
			d.Role = Clerk
		}
		if err := k.mayEnrol(d.Unit, d.Role); err != nil {
			return err
		}
		old, err := k.Device(d.ID)
		if err == nil && old.Revoked.IsZero() && old.Unit == d.Unit && old.Role == d.Role {
			out = old
			return nil
		}
		out, err = k.enrol(d)
		return err
	})
	return out, err
}

func (k desk) enrol(d Device) (Device, error) {
	if d.ID == "" || len(d.Key) == 0 || d.Suite == "" {
		return d, &InvalidError{Field: "key"}
	}
	// A key that is known stays what it is, and one whose trust was ended is not
	// trusted again.
	if _, err := k.Device(d.ID); err == nil {
		return d, catalog.ErrConflict
	} else if !errors.Is(err, catalog.ErrNotFound) {
		return d, err
	}
	d.Enrolled, d.By, d.Revoked = k.at, k.by, time.Time{}
	if err := k.PutDevice(d); err != nil {
		return d, err
	}
	return d, k.log(ActInvite, CaseID{Unit: d.Unit}, d.ID, nil, deviceMark{d.Unit, d.Role, d.Name, d.Revoked})
}

// deviceMark is what the log keeps of a device.
type deviceMark struct {
	Unit    catalog.UnitID `json:"unit"`
	Role    Role           `json:"role"`
	Name    string         `json:"name"`
	Revoked time.Time      `json:"revoked,omitzero"`
}

// Revoke ends the trust in a device, and its sessions.
func (o *Office) Revoke(ctx context.Context, p Person, id string) error {
	return o.update(ctx, p, func(k desk) error {
		d, err := k.Device(id)
		if errors.Is(err, catalog.ErrNotFound) && Reach(p.Role, ActRevoke) == None {
			return &DeniedError{Person: p.ID, Role: p.Role, Action: ActRevoke}
		}
		if err != nil {
			return err
		}
		if err := k.may(ActRevoke, d.Unit, ""); err != nil {
			return err
		}
		if !d.Revoked.IsZero() {
			return nil
		}
		before := deviceMark{d.Unit, d.Role, d.Name, d.Revoked}
		d.Revoked = k.at
		if err := k.PutDevice(d); err != nil {
			return err
		}
		if err := k.RemoveSessions(PersonID(id)); err != nil {
			return err
		}
		return k.log(ActRevoke, CaseID{Unit: d.Unit}, id, before, deviceMark{d.Unit, d.Role, d.Name, d.Revoked})
	})
}

// Devices returns the devices of the unit, or of all units whose devices the
// person may revoke.
func (o *Office) Devices(ctx context.Context, p Person, unit catalog.UnitID) ([]Device, error) {
	ds := []Device{}
	err := o.view(ctx, p, func(k desk) error {
		if Reach(p.Role, ActRevoke) == None {
			return &DeniedError{Person: p.ID, Role: p.Role, Action: ActRevoke, Unit: unit}
		}
		if unit != "" {
			if err := k.may(ActRevoke, unit, ""); err != nil {
				return err
			}
		}
		all, err := k.Devices(unit)
		if err != nil {
			return err
		}
		for _, d := range all {
			if k.may(ActRevoke, d.Unit, "") == nil {
				ds = append(ds, d)
			}
		}
		return nil
	})
	return ds, err
}
