using DetectorDsl.Annotations;
using DetectorDsl.Training;
using Spectre.Console;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>Colours, tables and moving bars, for a terminal.</summary>
internal sealed class LiveReport(IAnsiConsole console) : IReport
{
    public void Line(string text) => console.WriteLine(VisibleText.Of(text));

    public void Warning(string text) => console.MarkupLineInterpolated($"[yellow]Note:[/] {VisibleText.Of(text)}");

    public void Table(TextTable table)
    {
        Line(table.Title);
        var view = new Table().RoundedBorder();
        for (var column = 0; column < table.Headers.Length; column++)
        {
            var head = new TableColumn(Shown(table.Headers[column]));
            view.AddColumn(column == 0 ? head : head.RightAligned());
        }

        foreach (var row in table.Rows)
        {
            view.AddRow(row.Select(Shown).ToArray());
        }

        console.Write(view);
    }

    public void Work(string title, Action<IProgress<double>> work) => Bar(title, new RemainingTimeColumn(), task => work(new Share(task)));

    // The time left is the run's own estimate; Spectre's starts from the first step, which is the slowest.
    public void Training(Action<ITrainingProgress> work) => Bar("Training", new ElapsedTimeColumn(), task => work(new Steps(task, this)));

    private void Bar(string title, ProgressColumn time, Action<ProgressTask> work) =>
        console
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 20 },
                new PercentageColumn(),
                time
            )
            .Start(context =>
            {
                var task = context.AddTask(Shown(title), maxValue: 1);
                work(task);
                task.StopTask();
            });

    private static string Shown(string text) => Markup.Escape(VisibleText.Of(text));

    private sealed class Share(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    private sealed class Steps(ProgressTask task, LiveReport report) : ITrainingProgress
    {
        private long tenth;

        public void Step(TrainingProgress now)
        {
            task.MaxValue = now.Of;
            task.Value = now.Step;
            task.Description = Markup.Escape(ProgressText.Short(now));

            // Every loss term stays on the screen for each tenth of the run.
            if (now.Step * 10 / Math.Max(1, now.Of) is var reached && reached > tenth)
            {
                tenth = reached;
                report.Line(ProgressText.Line(now));
            }
        }

        public void Message(string text) => report.Line(text);
    }
}
