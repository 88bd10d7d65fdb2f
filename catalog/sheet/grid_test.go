package sheet

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbook builds an .xlsx in memory from rows of text; merges are ranges as A1:B2.
func workbook(t testing.TB, rows [][]string, merges ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		for j, s := range row {
			if s == "" {
				continue
			}
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStr("Sheet1", at, s); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, m := range merges {
		var from, to string
		for i := range m {
			if m[i] == ':' {
				from, to = m[:i], m[i+1:]
			}
		}
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbookBecomesGrid(t *testing.T) {
	b := workbook(t, [][]string{
		{"社会救助领域基层政务公开标准目录"},
		{},
		{"序号", "公开事项", "", "公开内容"},
		{"", "一级事项", "二级事项"},
		{"1", "最低生活保障", "审批\r\n信息", "", "  "},
		{" "},
	}, "A1:D1", "B3:C3", "A3:A4")
	gs, f, err := open(context.Background(), b, DefaultLimits)
	if err != nil || f != XLSX {
		t.Fatalf("open = %q, %v", f, err)
	}
	want := []grid{{
		name: "Sheet1",
		rows: []gridRow{
			{number: 1, cells: []string{"社会救助领域基层政务公开标准目录"}},
			{number: 3, cells: []string{"序号", "公开事项", "", "公开内容"}},
			{number: 4, cells: []string{"", "一级事项", "二级事项"}},
			{number: 5, cells: []string{"1", "最低生活保障", "审批\n信息"}},
		},
		merges: []merge{{1, 1, 0, 3}, {3, 3, 1, 2}, {3, 4, 0, 0}},
	}}
	if !reflect.DeepEqual(gs, want) {
		t.Errorf("open = %+v\nwant %+v", gs, want)
	}
	if got := gs[0].text(4, 2); got != "二级事项" {
		t.Errorf("text(4, 2) = %q", got)
	}
	if got := gs[0].text(2, 9); got != "" {
		t.Errorf("text of a row that says nothing = %q", got)
	}
	if w := gs[0].width(); w != 4 {
		t.Errorf("width = %d, want 4", w)
	}
}

func TestLimitsAreKept(t *testing.T) {
	b := workbook(t, [][]string{{"a", "b"}, {"c", "d", "e"}})
	for what, lim := range map[string]Limits{
		"file size": {FileSize: 10}, "rows": {Rows: 1}, "columns": {Cols: 2}, "cells": {Cells: 4},
	} {
		_, _, err := open(context.Background(), b, lim)
		var le *LimitError
		if !errors.As(err, &le) || le.What != what || !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: open = %v", what, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := open(ctx, b, DefaultLimits); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: open = %v", err)
	}
	if _, _, err := open(context.Background(), []byte(" \n"), DefaultLimits); !errors.Is(err, ErrEmpty) {
		t.Errorf("empty: open = %v", err)
	}
}
