package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"mulutong/app/headless"
)

// TestSampleShowsEveryPlantedMistake checks the sample township's workbook. Every
// mistake that was written into it is found at its row and field.
func TestSampleShowsEveryPlantedMistake(t *testing.T) {
	planted := readPlanted(t)
	var out, messages bytes.Buffer
	w := headless.System()
	w.Stdout, w.Stderr, w.Getenv = &out, &messages, func(string) string { return "" }
	code := headless.Main(context.Background(), []string{"check", "sample/籍山镇2025年政务公开标准目录.xlsx", "--unit", "340223100", "--json"}, w)
	if code != 1 {
		t.Fatalf("mulu check exits with %d: %s", code, &messages)
	}
	var result struct {
		Findings []struct {
			Rule, Sector, Field string
			Row                 int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		t.Fatal(err)
	}
	sheets := map[string]string{
		"social-assistance": "社会救助", "elderly-care": "养老服务", "household-registration": "户籍管理", "education": "义务教育",
	}
	found := map[string]bool{}
	for _, f := range result.Findings {
		found[strings.Join([]string{sheets[f.Sector], strconv.Itoa(f.Row), f.Field, f.Rule}, " ")] = true
	}
	for _, p := range planted {
		rule, silent := strings.CutPrefix(p[3], "!")
		if key := strings.Join([]string{p[0], p[1], p[2], rule}, " "); found[key] == silent {
			t.Errorf("%s: found %v (%s)", key, found[key], p[4])
		}
	}
}

func readPlanted(t *testing.T) [][]string {
	t.Helper()
	f, err := os.Open("sample/planted.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}
