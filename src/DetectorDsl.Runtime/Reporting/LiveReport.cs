using System.Globalization;
using DetectorDsl.Runtime.Training;
using Spectre.Console;

namespace DetectorDsl.Runtime.Reporting;

/// <summary>Colours, tables and moving bars, for a terminal.</summary>
internal sealed class LiveReport(IAnsiConsole console) : IReport
{
    public void Line(string text) => console.WriteLine(text);

    public void Warning(string text) => console.MarkupLineInterpolated($"[yellow]Note:[/] {text}");

    public void Table(TextTable table)
    {
        var view = new Table().RoundedBorder().Title(Markup.Escape(table.Title));
        for (var column = 0; column < table.Headers.Length; column++)
        {
            var head = new TableColumn(Markup.Escape(table.Headers[column]));
            view.AddColumn(column == 0 ? head : head.RightAligned());
        }

        foreach (var row in table.Rows)
        {
            view.AddRow(row.Select(Markup.Escape).ToArray());
        }

        console.Write(view);
    }

    public void Work(string title, Action<IProgress<double>> work) => Bar(title, task => work(new Share(task)));

    public void Training(Action<ITrainingProgress> work) => Bar("Training", task => work(new Steps(task, this)));

    private void Bar(string title, Action<ProgressTask> work) => console
        .Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: 1);
            work(task);
            task.StopTask();
        });

    private sealed class Share(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    private sealed class Steps(ProgressTask task, LiveReport report) : ITrainingProgress
    {
        public void Step(TrainingProgress now)
        {
            task.MaxValue = now.Of;
            task.Value = now.Step;
            task.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"Epoch {now.Epoch:F2}, {ProgressText.Losses(now)}, {now.ImagesPerSecond:F1} images/s"));
        }

        public void Message(string text) => report.Line(text);
    }
}
