package headless

import (
	"errors"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/templates"
)

// version is the program's version, as go build stamps it, and its data's.
func version(l words.Lang) string {
	program := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok {
		program = info.Main.Version
	}
	return versionLine.In(l, program, templates.Embedded().Version())
}

// root builds the tree of commands with help in the run's language.
func (a *app) root() *cobra.Command {
	cobra.EnableCommandSorting = false // they stand in the order of the work
	cobra.AddTemplateFunc("flagTable", flagTable)
	root := &cobra.Command{
		Use: "mulu", DisableFlagsInUseLine: true, Short: helpRoot.In(a.lang), Long: helpRootLong.In(a.lang),
		SilenceUsage: true, SilenceErrors: true, Version: version(a.lang), SuggestionsMinimumDistance: 2,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return noCommand(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if v := cmd.Flag("lang").Value.String(); cmd.Flag("lang").Changed && !slices.Contains([]string{"zh", "en"}, v) {
				return &usageError{what: badLang, value: v}
			}
			return nil
		},
	}
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	root.SetIn(a.Stdin)
	root.SetUsageTemplate(usageTemplate.In(a.lang))
	root.SetHelpTemplate("{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}\n\n{{end}}{{.UsageString}}")
	root.PersistentFlags().String("lang", "", helpLang.In(a.lang))
	completeWith(root, "lang", "zh", "en")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return flagError(err) })
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(a.helpCommand())
	root.AddCommand(
		a.initCommand(), a.importCommand(), a.checkCommand(), a.exportCommand(), a.upgradeCommand(),
		a.statusCommand(), a.historyCommand(), a.restoreCommand(), a.backupCommand(),
		a.readCommand(), a.sectorsCommand(), a.templateCommand(), a.basisCommand(), a.divisionsCommand(),
		a.enrolCommand(), a.signCommand(), a.submitCommand(), a.syncCommand(), a.bundleCommand(), a.receiveCommand(), a.rectifyCommand(),
		a.reviewCommand(), a.reportCommand(), a.serveCommand(),
		a.completionCommand(),
	)
	root.InitDefaultHelpCmd()
	root.SetVersionTemplate("{{.Version}}\n")
	root.InitDefaultVersionFlag()
	root.Flags().Lookup("version").Usage = helpVersion.In(a.lang)
	a.finish(root)
	return root
}

// finish gives a command and those below it their help.
func (a *app) finish(cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag()
	cmd.Flags().Lookup("help").Usage = helpHelp.In(a.lang)
	cmd.LocalFlags().VisitAll(nameValue)
	for _, sub := range cmd.Commands() {
		a.finish(sub)
	}
}

// group makes a command that only holds others.
func (a *app) group(name string, help words.Text, subs ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: name, DisableFlagsInUseLine: true, Short: help.In(a.lang), Example: examples[name].In(a.lang), SuggestionsMinimumDistance: 2,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return noCommand(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(subs...)
	for _, sub := range subs {
		sub.Example = examples[name+" "+sub.Name()].In(a.lang)
	}
	return cmd
}

// command makes one command, of which use names the arguments; it takes at least
// and at most so many. Its examples stand in messages.go.
func (a *app) command(use string, help words.Text, least, most int, run func(cmd *cobra.Command, args []string) error) *cobra.Command {
	name, _, _ := strings.Cut(use, " ")
	if a.lang == words.Chinese {
		use = argumentNames.Replace(use)
	}
	return &cobra.Command{
		Use: use + " [" + flagsWord.In(a.lang) + "]", DisableFlagsInUseLine: true,
		Short: help.In(a.lang), Example: examples[name].In(a.lang), ValidArgsFunction: cobra.NoFileCompletions,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) < least:
				return &usageError{what: missingArgument, value: strings.Fields(use)[len(args)+1]}
			case len(args) > most:
				return &usageError{what: extraArgument, value: args[most]}
			}
			return nil
		},
		RunE: run,
	}
}

func (a *app) jsonFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.json, "json", false, helpJSON.In(a.lang))
}

func (a *app) dataFlag(cmd *cobra.Command, required bool) *string {
	dir := cmd.Flags().String("data", "", helpData.In(a.lang))
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case *dir != "":
			a.learn(*dir)
		case required:
			return &usageError{what: missingFlag, value: "--data"}
		}
		return run(cmd, args)
	}
	_ = cmd.MarkFlagDirname("data")
	return dir
}

func (a *app) sectorFlag(cmd *cobra.Command) *[]string {
	names := cmd.Flags().StringSlice("sector", nil, helpSector.In(a.lang))
	_ = cmd.RegisterFlagCompletionFunc("sector", completeSectors)
	return names
}

// completeSectors offers slugs, or names to who has begun to type one.
func completeSectors(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, s := range templates.Embedded().Sectors() {
		if begun != "" && strings.HasPrefix(s.Name, begun) {
			out = append(out, s.Name+"\t"+string(s.Slug))
		} else {
			out = append(out, string(s.Slug)+"\t"+s.Name)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// completeWith makes shells offer values for a flag.
func completeWith(cmd *cobra.Command, flag string, values ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// sectors turns names or slugs into sectors; none given means none.
func (a *app) sectors(names []string) ([]catalog.SectorInfo, error) {
	var out []catalog.SectorInfo
	for _, name := range names {
		s, ok := a.set().Sector(name)
		if !ok {
			return nil, noSector(a.set(), name)
		}
		if !slices.ContainsFunc(out, func(o catalog.SectorInfo) bool { return o.Slug == s.Slug }) {
			out = append(out, s)
		}
	}
	return out, nil
}

// noSector says that there is no such sector, and which ones have a name like it:
// with it as a part (教育), within it (安全生产和救灾), or short for it (社保).
func noSector(set *templates.Set, name string) error {
	var like []string
	for _, s := range set.Sectors() {
		for _, called := range append([]string{s.Name}, s.AlsoCalled...) {
			if strings.Contains(called, name) && name != "" || strings.Contains(name, called) || shortFor(name, called) {
				like = append(like, s.Called())
				break
			}
		}
	}
	if len(like) > 0 {
		return &usageError{what: likeSector, value: strings.Join(like, "、")}
	}
	return &usageError{what: badSector, value: name}
}

// shortFor reports whether short is made of some of a name's characters, in their
// order and with the name's first: 社保 for 社会保险.
func shortFor(short, name string) bool {
	rest := []rune(short)
	if len(rest) < 2 || !strings.HasPrefix(name, string(rest[:1])) {
		return false
	}
	for _, r := range name {
		if len(rest) > 0 && r == rest[0] {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// noCommand says that there is no such command, and which one is spelled almost so.
func noCommand(group *cobra.Command, name string) error {
	if like := group.SuggestionsFor(name); len(like) == 1 {
		return &usageError{what: likeCommand, value: group.CommandPath() + " " + like[0]}
	}
	return &usageError{what: badCommand, value: name}
}

// nameValue moves the name of a flag's value, which stands in back quotes, out of
// its help, so that shells show that without the quotes.
func nameValue(f *pflag.Flag) {
	if _, done := f.Annotations[valueName]; done {
		return
	}
	name, help := pflag.UnquoteUsage(f)
	f.Usage = help
	if f.Annotations == nil {
		f.Annotations = map[string][]string{}
	}
	f.Annotations[valueName] = []string{name}
}

const valueName = "mulu_value"

// flagTable lists flags in aligned columns, which pflag's own list does only for
// letters of one width.
func flagTable(flags *pflag.FlagSet) string {
	var names, helps []string
	wide := 0
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value := f.Annotations[valueName][0]
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		if value != "" {
			name += " " + value
		}
		names, helps = append(names, name), append(helps, f.Usage)
		wide = max(wide, displayWidth(name))
	})
	var out strings.Builder
	for i, name := range names {
		out.WriteString(name + strings.Repeat(" ", wide-displayWidth(name)+3) + helps[i] + "\n")
	}
	return strings.TrimRight(out.String(), "\n")
}

// flagError turns what the flag parser says into one of ours.
func flagError(err error) error {
	var (
		unknown *pflag.NotExistError
		value   *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if len(name) > 1 && unknown.GetSpecifiedShortnames() == "" {
			name = "--" + name
		} else {
			name = "-" + name
		}
		return &usageError{what: badFlag, value: name}
	case errors.As(err, &value):
		return &usageError{what: flagWithoutValue, value: "--" + value.GetSpecifiedName()}
	case errors.As(err, &invalid):
		return &usageError{what: badFlagValue, value: "--" + invalid.GetFlag().Name + " " + invalid.GetValue()}
	}
	return &usageError{what: badFlag, value: err.Error()}
}

func (a *app) helpCommand() *cobra.Command {
	cmd := a.command("help [COMMAND]", helpOfHelp, 0, 3, func(cmd *cobra.Command, args []string) error {
		target, rest, err := cmd.Root().Find(args)
		if err != nil {
			return noCommand(cmd.Root(), args[0])
		}
		if len(rest) > 0 {
			return noCommand(target, rest[0])
		}
		return target.Help()
	})
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		var names []string
		target, rest, err := cmd.Root().Find(args)
		if err != nil || len(rest) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		for _, c := range target.Commands() {
			if c.IsAvailableCommand() {
				names = append(names, c.Name()+"\t"+c.Short)
			}
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// helpCommandFor is the command that explains how another is used.
func helpCommandFor(cmd *cobra.Command) string {
	if cmd == nil || !cmd.HasParent() || cmd.Name() == "help" {
		return "mulu help"
	}
	return "mulu help" + strings.TrimPrefix(cmd.CommandPath(), "mulu")
}

func (a *app) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	cmd := a.command("completion SHELL", helpCompletion, 1, 1, func(cmd *cobra.Command, args []string) error {
		root := cmd.Root()
		a.out.data = true
		switch args[0] {
		case "bash":
			return root.GenBashCompletionV2(a.Stdout, true)
		case "zsh":
			return root.GenZshCompletion(a.Stdout)
		case "fish":
			return root.GenFishCompletion(a.Stdout, true)
		case "powershell":
			return root.GenPowerShellCompletionWithDesc(a.Stdout)
		}
		return &usageError{what: badShell, value: args[0]}
	})
	cmd.ValidArgsFunction = cobra.FixedCompletions(shells, cobra.ShellCompDirectiveNoFileComp)
	return cmd
}
