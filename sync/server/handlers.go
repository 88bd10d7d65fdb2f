package server

// handlers are what answers the routes of wire.Routes, by name.
func (s *Server) handlers() map[string]handler {
	o := s.office
	return map[string]handler{
		"service": s.service, "challenge": s.challenge, "sign-on": s.signOn, "sign-off": s.signOff, "me": s.me, "password": s.password,
		"enrol": s.enrol, "request": s.request, "invite": s.invite, "devices": s.devices, "revoke": s.revoke,
		"accounts": s.accounts, "add-account": s.addAccount, "change-account": s.changeAccount,

		"offer": s.offer, "offer-pack": s.offerPack, "receipt": s.receipt, "feed": s.feed, "feed-pack": s.feedPack,
		"release-content": s.releaseContent, "catalog": s.catalog,

		"queue": s.queue, "case": s.look, "comment": s.comment, "uncomment": s.uncomment, "erase": s.erase, "pass-many": s.passMany,
		"return": act(o.Return), "pass": act(o.Pass), "step-back": act(o.StepBack), "close": act(o.Close), "approve": act(o.Approve),
		"publish": act(o.Publish), "recall": act(o.Recall), "withdraw": act(o.Withdraw),
		"progress": s.progress,

		"units": s.units, "put-units": s.putUnits, "responsible": s.responsible, "set-responsible": s.setResponsible,
		"notify": s.notify, "release": s.release, "settings": s.settings, "set-settings": s.setSettings,

		"forms": s.forms, "put-form": s.putForm, "assessments": s.assessments, "score": s.score,
		"notify-assessment": assess(s.notifyAssessment), "rectify": assess(s.rectify), "retest": assess(s.retest), "accept": assess(s.accept),

		"log": s.records, "verify-log": s.verifyLog, "openapi": s.openAPI,
		"healthz": s.healthz, "readyz": s.readyz, "metrics": s.figures,
	}
}
