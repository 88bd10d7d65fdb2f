package work

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"mulutong/app/words"
)

func TestSettingsComeBackAsTheyWereSaved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mulutong", "settings.json")
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	if s, kept, err := LoadSettings(path, now); s != DefaultSettings() || kept != "" || err != nil {
		t.Errorf("without a file: %+v, %q, %v", s, kept, err)
	}
	want := DefaultSettings()
	want.TextSize, want.Look, want.Person, want.DueDay, want.BackupDir = 150, "dark", "经办人", 25, "/备份"
	want.SetLang(words.English)
	if err := SaveSettings(path, want); err != nil {
		t.Fatal(err)
	}
	if s, kept, err := LoadSettings(path, now); s != want || kept != "" || err != nil || s.Lang() != words.English {
		t.Errorf("read again: %+v, %q, %v", s, kept, err)
	}
}

func TestDamagedSettingsArePutAside(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for name, text := range map[string]string{
		"no JSON":            "{",
		"of a newer program": `{"schema": 2, "textSize": 100, "look": "light", "language": "zh", "dueDay": 30}`,
		"a text too large":   `{"schema": 1, "textSize": 900, "look": "light", "language": "zh", "dueDay": 30}`,
		"an unknown look":    `{"schema": 1, "textSize": 100, "look": "pink", "language": "zh", "dueDay": 30}`,
		"no such day":        `{"schema": 1, "textSize": 100, "look": "light", "language": "zh", "dueDay": 32}`,
		"empty":              "",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "settings.json")
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			s, kept, err := LoadSettings(path, now)
			if s != DefaultSettings() || err != nil {
				t.Errorf("read: %+v, %v", s, err)
			}
			if b, err := os.ReadFile(kept); err != nil || string(b) != text {
				t.Errorf("kept aside is %q, %v", b, err)
			}
		})
	}
}

func TestSettingsThatCannotBeSavedSaySo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := SaveSettings(filepath.Join(file, "settings.json"), DefaultSettings()); err == nil {
		t.Error("saved below a file")
	}
	if s, _, err := LoadSettings(filepath.Dir(file), time.Now()); err == nil || s != DefaultSettings() {
		t.Errorf("a folder was read as settings: %+v, %v", s, err)
	}
}
