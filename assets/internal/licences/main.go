// Command licences collects the licences of everything that the desktop program
// contains into one text, which the program shows: the law of most of them.
package main

import (
	"bytes"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	text, err := Collect()
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], text, 0o644); err != nil {
		log.Fatal(err)
	}
}

// Collect returns the licences, a module after the other by name.
func Collect() ([]byte, error) {
	dirs := map[string]string{}
	for _, goos := range []string{"linux", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-tags", "x11", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", "mulutong")
		cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED=1")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("list modules: %w", err)
		}
		for line := range strings.Lines(string(out)) {
			if name, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				dirs[name] = dir
			}
		}
	}
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(dirs)) {
		text, err := licence(dirs[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(&b, "%s\n\n%s\n\n", name, text)
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	text, err := licence(strings.TrimSpace(string(goroot)))
	if err != nil {
		return nil, fmt.Errorf("go: %w", err)
	}
	fmt.Fprintf(&b, "Go\n\n%s\n", text)
	return b.Bytes(), nil
}

// licence is what a module's own files say.
func licence(dir string) (string, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, f := range files {
		name := strings.ToUpper(f.Name())
		for _, begin := range []string{"LICEN", "COPYING", "NOTICE"} {
			if !f.IsDir() && strings.HasPrefix(name, begin) && !strings.HasSuffix(name, ".GO") {
				text, err := os.ReadFile(filepath.Join(dir, f.Name()))
				if err != nil {
					return "", err
				}
				text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
				parts = append(parts, strings.TrimSpace(string(text)))
			}
		}
	}
	if len(parts) == 0 {
		return "", fmt.Errorf("no licence in %s", dir)
	}
	return strings.Join(parts, "\n\n"), nil
}
