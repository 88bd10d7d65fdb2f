package review

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"mulutong/catalog"
)

const (
	// remindDays is how many working days before a deadline one is reminded.
	remindDays      = 2
	remindedSetting = "reminded"
)

// Service is who acts where nobody does: the service by itself.
var Service = Person{ID: "service"}

// Remind tells units what they have to mend and counties what they have to decide,
// once when it is nearly late and once when it is. It is for the service to call
// every now and then, and returns how many were told. Those who sign on to review
// see late cases first in their queue.
func (o *Office) Remind(ctx context.Context) (int, error) {
	n := 0
	err := o.update(ctx, Service, func(k desk) error {
		n = 0
		heads, err := k.Heads(CaseQuery{States: []State{InCounty, Returned}})
		if err != nil {
			return err
		}
		was, now := map[string]Reminder{}, map[string]Reminder{}
		b, err := k.Setting(remindedSetting)
		if err == nil {
			err = json.Unmarshal(b, &was)
		}
		if err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
		today := Day(k.at)
		soon := deadline(k.rules.Calendar, today, remindDays)
		for _, h := range heads {
			if h.Due == "" || h.Due > soon {
				continue
			}
			key := fmt.Sprintf("%s/%s", h.ID.Unit, h.ID.Sector)
			r := Reminder{Case: h.ID, State: h.State, Due: h.Due, Late: h.Late(today)}
			now[key] = r
			if was[key] == r {
				continue
			}
			to := h.ID.Unit
			if len(h.Waiting) > 0 {
				to = h.Waiting[0]
			}
			if err := k.tell(to, ItemReminder, r); err != nil {
				return err
			}
			if err := k.log(ActNotify, h.ID, "reminder", nil, r); err != nil {
				return err
			}
			n++
		}
		if maps.Equal(was, now) {
			return nil
		}
		if b, err = json.Marshal(now); err != nil {
			return err
		}
		return k.PutSetting(remindedSetting, b)
	})
	return n, err
}
