package headless

import (
	"os"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/client"
	"mulutong/sync/wire"
)

func (a *app) enrolCommand() *cobra.Command {
	var (
		dir                                 *string
		service, code, name                 string
		requestFile, certificateFile, oneOf string
		moving                              bool
	)
	cmd := a.command("enrol", helpEnrol, 0, 0, func(cmd *cobra.Command, _ []string) error {
		ways := 0
		for _, w := range []string{service + code, requestFile, certificateFile} {
			if w != "" {
				ways, oneOf = ways+1, w
			}
		}
		switch {
		case ways != 1:
			return &usageError{what: oneWayToEnrol}
		case oneOf == service+code && service == "":
			return &usageError{what: missingFlag, value: "--service"}
		case oneOf == service+code && code == "":
			return &usageError{what: missingFlag, value: "--code"}
		}
		if service != "" {
			var err error
			if service, err = address(service); err != nil {
				return err
			}
		}
		var certificate []byte
		if certificateFile != "" {
			var err error
			if certificate, err = readFile(certificateFile, wire.MaxBundle); err != nil {
				return err
			}
		}
		return a.withClerk(cmd.Context(), *dir, false, func(c *clerk) error {
			key, err := c.withKey()
			if err != nil {
				return err
			}
			if name == "" {
				name = a.machineName()
			}
			request, err := client.Request(key, c.store.Unit().ID, name, a.Now())
			if err != nil {
				return err
			}
			if requestFile != "" {
				return a.request(c.store.Unit(), requestFile, request)
			}
			if service != "" {
				if certificate, err = client.Enrol(cmd.Context(), service, code, request, nil); err != nil {
					return words.About(service, err)
				}
			}
			return a.attach(cmd.Context(), c, key, func(c *clerk) error {
				cert, err := c.Certify(cmd.Context(), certificate, moving)
				if err != nil {
					return about(certificateFile, err)
				}
				kept := map[string][]byte{keptService: nil}
				if service != "" {
					kept[keptService], cert.URL = []byte(service), service
				}
				if err := c.store.Keep(cmd.Context(), kept); err != nil {
					return err
				}
				return a.enrolled(cert)
			})
		})
	})
	dir = a.dataFlag(cmd, true)
	cmd.Flags().StringVar(&service, "service", "", helpService.In(a.lang))
	cmd.Flags().StringVar(&code, "code", "", helpCode.In(a.lang))
	cmd.Flags().StringVar(&requestFile, "request", "", helpRequest.In(a.lang))
	cmd.Flags().StringVar(&certificateFile, "certificate", "", helpCertificate.In(a.lang))
	cmd.Flags().StringVar(&name, "name", "", helpMachine.In(a.lang))
	cmd.Flags().BoolVar(&moving, "moving", false, helpMoving.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// machineName is what this machine is called where nobody says otherwise.
func (a *app) machineName() string {
	if host, err := os.Hostname(); err == nil && host != "" {
		return host
	}
	return a.User
}

func (a *app) request(u catalog.Unit, path string, request []byte) error {
	if err := writeFile(path, request); err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(map[string]any{"request": path, "unit": u.ID})
	}
	a.print(requestDone, u.Name, path)
	return nil
}

func (a *app) enrolled(cert wire.Certificate) error {
	if a.json {
		return a.writeJSON(map[string]any{"device": cert.Device, "service": cert.URL, "key": bundle.KeyID(cert.Key)})
	}
	a.print(enrolDone, cert.Unit.Name, words.Role(cert.Device.Role).In(a.lang), cert.Device.ID)
	if cert.URL == "" {
		a.print(enrolFiles)
	}
	return nil
}
