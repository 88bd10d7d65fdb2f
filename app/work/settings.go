package work

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"mulutong/app/words"
	"mulutong/catalog/atomicfile"
)

// Settings are what a person sets for herself on this machine.
type Settings struct {
	Schema    int    `json:"schema"`
	TextSize  int    `json:"textSize"`          // in percent, SmallestText to LargestText
	Look      string `json:"look"`              // light, dark or contrast
	Language  string `json:"language"`          // zh or en
	Person    string `json:"person"`            // the name in the history
	DueDay    int    `json:"dueDay"`            // of the month, 1 to 31
	DataDir   string `json:"dataDir,omitempty"` // of the drafts; empty: the usual folder
	BackupDir string `json:"backupDir,omitempty"`
	NoDaily   bool   `json:"noDailyBackup,omitempty"`
}

// The bounds of the text size, in percent.
const (
	SmallestText = 90
	LargestText  = 200
)

const settingsSchema = 1

// DefaultSettings are those of a new machine.
func DefaultSettings() Settings {
	return Settings{Schema: settingsSchema, TextSize: 100, Look: "light", Language: "zh", DueDay: 30}
}

// Lang is the language of the screens.
func (s Settings) Lang() words.Lang {
	if s.Language == "en" {
		return words.English
	}
	return words.Chinese
}

// SetLang chooses the language of the screens.
func (s *Settings) SetLang(l words.Lang) {
	s.Language = "zh"
	if l == words.English {
		s.Language = "en"
	}
}

// Backups is the folder of backups for drafts in a folder.
func (s Settings) Backups(data string) string {
	if s.BackupDir != "" {
		return s.BackupDir
	}
	return BackupDir(data)
}

// valid reports whether every setting is one the program knows.
func (s Settings) valid() bool {
	return s.Schema == settingsSchema && s.TextSize >= SmallestText && s.TextSize <= LargestText &&
		(s.Look == "light" || s.Look == "dark" || s.Look == "contrast") &&
		(s.Language == "zh" || s.Language == "en") && s.DueDay >= 1 && s.DueDay <= 31
}

// ErrNoSettingsFolder: the system names no folder to keep settings in.
var ErrNoSettingsFolder = words.NewFailure("系统没有指定存放个人设置的文件夹，设置存不下来。请与维护电脑的人员联系。", "The system names no folder for personal settings, so they cannot be kept. Please ask who looks after the machine.")

// SettingsFile is where a person's settings are kept: in the system's folder for
// such files, not beside the drafts.
func SettingsFile() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNoSettingsFolder, err)
	}
	return filepath.Join(dir, "mulutong", "settings.json"), nil
}

// LoadSettings reads settings; the defaults where there are none. A file that is
// damaged, or says what the program does not know, is put aside under the name
// kept, and the defaults hold. The settings can be used whatever the error.
func LoadSettings(path string, now time.Time) (s Settings, kept string, err error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return DefaultSettings(), "", nil
	}
	if err != nil {
		return DefaultSettings(), "", fmt.Errorf("read settings: %w", err)
	}
	s = DefaultSettings()
	if json.Unmarshal(b, &s) == nil && s.valid() {
		return s, "", nil
	}
	kept = path + now.Format(".20060102-150405")
	if err := os.Rename(path, kept); err != nil {
		return DefaultSettings(), "", fmt.Errorf("put damaged settings aside: %w", err)
	}
	return DefaultSettings(), kept, nil
}

// SaveSettings writes settings, whole or not at all.
func SaveSettings(path string, s Settings) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	return atomicfile.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(append(b, '\n'))
		return err
	})
}
