package sheet

import "testing"

func TestHeadings(t *testing.T) {
	names := newSectorNames(testSectors(t))
	for _, tt := range []struct {
		name        string
		lines       [][]string
		title, unit string
		rest        int
	}{
		{"unit before the sector", [][]string{{"籍山镇社会救助领域基层政务公开标准目录"}}, "籍山镇社会救助领域基层政务公开标准目录", "籍山镇", 0},
		{"year and attachment", [][]string{{"附件：3"}, {"2024年南陵县就业领域目录"}}, "2024年南陵县就业领域目录", "南陵县", 0},
		{"unit in words of its own", [][]string{{"镜湖区 自然资源领域 标准目录 2024-10-31"}}, "镜湖区 自然资源领域 标准目录 2024-10-31", "镜湖区", 0},
		{"a mark in front", [][]string{{"（试行）南陵县民政局 政府信息公开基本目录"}}, "（试行）南陵县民政局 政府信息公开基本目录", "南陵县民政局", 0},
		{"no unit", [][]string{{"社会救助领域基层政务公开标准目录"}}, "社会救助领域基层政务公开标准目录", "", 0},
		{"towns in general are no unit", [][]string{{"乡镇 政府信息公开基本目录"}}, "乡镇 政府信息公开基本目录", "", 0},
		{"unit line rules", [][]string{{"籍山镇养老服务领域目录"}, {"填报单位：籍山镇民政办　　填报时间：2024年　月　日"}}, "籍山镇养老服务领域目录", "籍山镇民政办", 0},
		{"unit line left blank", [][]string{{"养老服务领域目录"}, {"填报单位：　　　填报时间：2024年　月　日"}}, "养老服务领域目录", "", 0},
		{"unit in the next cell", [][]string{{"养老服务领域目录"}, {"单位（盖章）：", "籍山镇人民政府", "日期：2024年3月"}}, "养老服务领域目录", "籍山镇人民政府", 0},
		{"unit on a line of its own", [][]string{{"南陵县籍山镇"}, {"养老服务领域目录"}}, "养老服务领域目录", "南陵县籍山镇", 0},
		{"title of the book above", [][]string{{"籍山镇公开目录汇编"}, {"养老服务领域目录"}}, "养老服务领域目录", "籍山镇", 1},
		{"date alone", [][]string{{"养老服务领域目录"}, {"二〇二四年三月"}}, "养老服务领域目录", "", 0},
		{"any line can be the title", [][]string{{"养老服务公开事项"}, {"请认真核对"}}, "养老服务公开事项", "", 1},
		{"nothing above", nil, "", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var above []line
			for i, cells := range tt.lines {
				above = append(above, line{row: i + 1, cells: cells})
			}
			h := readHeading(above, names, true)
			if h.title != tt.title || h.unit != tt.unit || len(h.rest) != tt.rest {
				t.Errorf("title %q, unit %q, rest %v, want %q, %q, %d lines", h.title, h.unit, h.rest, tt.title, tt.unit, tt.rest)
			}
		})
	}
}
