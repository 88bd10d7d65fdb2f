package review

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"mulutong/catalog"
)

// Units returns the list of units, by id.
func (o *Office) Units(ctx context.Context, p Person) ([]catalog.Unit, error) {
	var us []catalog.Unit
	err := o.view(ctx, p, func(k desk) (err error) {
		us, err = k.Units()
		return err
	})
	return us, err
}

// PutUnits adds or changes units and tells everyone. A unit that was merged or
// renamed names its successor.
func (o *Office) PutUnits(ctx context.Context, p Person, us []catalog.Unit) error {
	return o.update(ctx, p, func(k desk) error {
		if err := k.may(ActUnits, "", ""); err != nil {
			return err
		}
		for _, u := range us {
			if u.ID == "" || strings.TrimSpace(u.Name) == "" || u.Successor == u.ID {
				return &InvalidError{Field: "unit"}
			}
			before, err := k.Unit(u.ID)
			if err != nil && !errors.Is(err, catalog.ErrNotFound) {
				return err
			}
			if err := k.PutUnit(u); err != nil {
				return err
			}
			if err := k.log(ActUnits, CaseID{Unit: u.ID}, "", before, u); err != nil {
				return err
			}
		}
		for _, u := range us { // all are there by now
			for _, named := range []catalog.UnitID{u.Parent, u.Successor} {
				if named == "" {
					continue
				}
				if _, err := k.Unit(named); err != nil {
					return err
				}
			}
			last, err := k.successor(u.ID)
			if err != nil {
				return err
			}
			if end, err := k.Unit(last); err != nil {
				return err
			} else if end.Successor != "" { // they run in a circle
				return &InvalidError{Field: "successor"}
			}
		}
		return k.tell("", ItemUnits, us)
	})
}

// Responsible returns which department answers for which sector.
func (o *Office) Responsible(ctx context.Context, p Person) (map[catalog.Sector]catalog.UnitID, error) {
	var m map[catalog.Sector]catalog.UnitID
	err := o.view(ctx, p, func(k desk) (err error) {
		m, err = k.Responsible()
		return err
	})
	return m, err
}

// SetResponsible says which department answers for a sector from the next round
// on; an empty unit: none.
func (o *Office) SetResponsible(ctx context.Context, p Person, s catalog.Sector, unit catalog.UnitID) error {
	return o.update(ctx, p, func(k desk) error {
		if err := k.may(ActUnits, "", ""); err != nil {
			return err
		}
		if s == "" {
			return &InvalidError{Field: "sector"}
		}
		if unit != "" {
			if _, err := k.Unit(unit); err != nil {
				return err
			}
		}
		before, err := k.Responsible()
		if err != nil {
			return err
		}
		if err := k.PutResponsible(s, unit); err != nil {
			return err
		}
		return k.log(ActUnits, CaseID{Sector: s}, "responsible", before[s], unit)
	})
}

// Notify sends a notice to units; to everyone where none is named.
func (o *Office) Notify(ctx context.Context, p Person, units []catalog.UnitID, n Notice) error {
	if strings.TrimSpace(n.Title+n.Text) == "" {
		return ErrNothing
	}
	n.By = p
	if len(units) == 0 {
		units = []catalog.UnitID{""}
	}
	return o.update(ctx, p, func(k desk) error {
		for _, u := range units {
			if err := k.may(ActNotify, u, ""); err != nil {
				return err
			}
			if u != "" {
				if _, err := k.Unit(u); err != nil {
					return err
				}
			}
			if err := k.tell(u, ItemNotice, n); err != nil {
				return err
			}
			if err := k.log(ActNotify, CaseID{Unit: u}, "", nil, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReleaseKinds are what the city issues.
var ReleaseKinds = []string{"templates", "register", "calendar", "divisions"}

// Release issues templates, the register of bases, the working calendar or the
// divisions to everyone, and returns where the contents are found.
func (o *Office) Release(ctx context.Context, p Person, kind, version string, blob []byte) (Hash, error) {
	var h Hash
	err := o.update(ctx, p, func(k desk) error {
		if err := k.may(ActRelease, "", ""); err != nil {
			return err
		}
		switch {
		case !slices.Contains(ReleaseKinds, kind):
			return &InvalidError{Field: "kind"}
		case version == "":
			return &InvalidError{Field: "version"}
		case len(blob) == 0:
			return ErrNothing
		}
		var err error
		if h, err = k.PutBlob(blob); err != nil {
			return err
		}
		b, err := json.Marshal(Release{Kind: kind, Version: version, Size: int64(len(blob))})
		if err != nil {
			return err
		}
		if err := k.PutSetting(releaseSetting(h), b); err != nil {
			return err
		}
		if _, err := k.Post(Item{Kind: ItemTemplates, At: k.at, Body: b, Blob: h}); err != nil {
			return err
		}
		return k.log(ActRelease, CaseID{}, kind+"/"+version, nil, h)
	})
	return h, err
}

func releaseSetting(h Hash) string { return "release/" + string(h) }

// Released returns the contents of a release, which is for everyone who signed on.
func (o *Office) Released(ctx context.Context, p Person, h Hash) ([]byte, error) {
	var b []byte
	err := o.view(ctx, p, func(k desk) error {
		if _, err := k.Setting(releaseSetting(h)); err != nil {
			return err
		}
		var err error
		b, err = k.Blob(h)
		return err
	})
	return b, err
}

// Policy returns how long what takes.
func (o *Office) Policy(ctx context.Context, p Person) (Policy, error) {
	var out Policy
	err := o.view(ctx, p, func(k desk) (err error) {
		out, err = k.policy()
		return err
	})
	return out, err
}

// SetPolicy says how long what takes, for what begins from now on.
func (o *Office) SetPolicy(ctx context.Context, p Person, policy Policy) error {
	return o.update(ctx, p, func(k desk) error {
		if err := k.may(ActSettings, "", ""); err != nil {
			return err
		}
		for _, days := range []int{policy.CountyDays, policy.JointDays, policy.RectifyDays} {
			if days < 0 || days > 250 {
				return &InvalidError{Field: "days"}
			}
		}
		if policy.DueDay < 0 || policy.DueDay > 31 {
			return &InvalidError{Field: "dueDay"}
		}
		before, err := k.policy()
		if err != nil {
			return err
		}
		b, err := json.Marshal(policy)
		if err != nil {
			return err
		}
		if err := k.PutSetting(policySetting, b); err != nil {
			return err
		}
		return k.log(ActSettings, CaseID{}, "policy", before, policy.filled())
	})
}
