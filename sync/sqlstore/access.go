package sqlstore

import (
	"errors"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

func (x *tx) Account(id review.PersonID) (review.Account, error) {
	return load[review.Account](x, `SELECT doc FROM accounts WHERE id = $1`, id)
}

func (x *tx) Accounts() ([]review.Account, error) {
	return list[review.Account](x, `SELECT doc FROM accounts ORDER BY id`)
}

func (x *tx) PutAccount(a review.Account) error {
	return x.put(a, `INSERT INTO accounts (id, doc) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc`, a.ID)
}

func (x *tx) Device(id string) (review.Device, error) {
	return load[review.Device](x, `SELECT doc FROM devices WHERE id = $1`, id)
}

func (x *tx) Devices(unit catalog.UnitID) ([]review.Device, error) {
	return list[review.Device](x, `SELECT doc FROM devices WHERE $1 = '' OR unit = $1 ORDER BY id`, unit)
}

func (x *tx) PutDevice(d review.Device) error {
	return x.put(d, `INSERT INTO devices (id, unit, doc) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, doc = excluded.doc`, d.ID, d.Unit)
}

func (x *tx) Invitation(code review.Hash) (review.Invitation, error) {
	return load[review.Invitation](x, `SELECT doc FROM invitations WHERE code = $1`, code)
}

func (x *tx) PutInvitation(i review.Invitation) error {
	return x.put(i, `INSERT INTO invitations (code, doc) VALUES ($1, $2)
		ON CONFLICT (code) DO UPDATE SET doc = excluded.doc`, i.Code)
}

func (x *tx) Session(token review.Hash) (review.Session, error) {
	return load[review.Session](x, `SELECT doc FROM sessions WHERE token = $1`, token)
}

func (x *tx) PutSession(s review.Session) error {
	return x.put(s, `INSERT INTO sessions (token, person, device, expires, doc) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (token) DO UPDATE SET person = excluded.person, device = excluded.device,
			expires = excluded.expires, doc = excluded.doc`,
		s.Token, s.Person.ID, s.Person.Device, s.Expires.UnixMicro())
}

func (x *tx) RemoveSession(token review.Hash) error {
	_, err := x.exec(`DELETE FROM sessions WHERE token = $1`, token)
	return err
}

func (x *tx) RemoveSessions(p review.PersonID) error {
	_, err := x.exec(`DELETE FROM sessions WHERE person = $1 OR device = $1`, p)
	return err
}

func (x *tx) Attempts(name review.Hash) (review.Attempts, error) {
	return load[review.Attempts](x, `SELECT doc FROM attempts WHERE name = $1`, name)
}

func (x *tx) PutAttempts(a review.Attempts) error {
	return x.put(a, `INSERT INTO attempts (name, expires, doc) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET expires = excluded.expires, doc = excluded.doc`, a.Name, a.Expires.UnixMicro())
}

func (x *tx) RemoveAttempts(name review.Hash) error {
	_, err := x.exec(`DELETE FROM attempts WHERE name = $1`, name)
	return err
}

func (x *tx) RemoveExpired(now time.Time) error {
	_, err1 := x.exec(`DELETE FROM sessions WHERE expires <= $1`, now.UnixMicro())
	_, err2 := x.exec(`DELETE FROM attempts WHERE expires <= $1`, now.UnixMicro())
	return errors.Join(err1, err2)
}
