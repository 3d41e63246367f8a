using System.Globalization;
using DetectorDsl.Training;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>Lines without colours or movement, for files and pipes.</summary>
internal sealed class PlainReport(TextWriter writer) : IReport
{
    private readonly Lock gate = new();

    public void Line(string text)
    {
        lock (gate)
        {
            writer.WriteLine(text);
            writer.Flush();
        }
    }

    public void Warning(string text) => Line($"Note: {text}");

    public void Table(TextTable table)
    {
        foreach (var line in table.Lines())
        {
            Line(line);
        }
    }

    public void Work(string title, Action<IProgress<double>> work) => work(new Tenths(this, title));

    public void Training(Action<ITrainingProgress> work) => work(new Steps(this));

    private sealed class Tenths(PlainReport report, string title) : IProgress<double>
    {
        private readonly Lock gate = new();
        private int last;

        public void Report(double value)
        {
            lock (gate)
            {
                var tenth = (int)(value * 10);
                if (tenth > last)
                {
                    last = tenth;
                    report.Line(string.Create(CultureInfo.InvariantCulture, $"{title}: {tenth * 10} %"));
                }
            }
        }
    }

    private sealed class Steps(PlainReport report) : ITrainingProgress
    {
        public void Step(TrainingProgress now)
        {
            if (now.IsLogged)
            {
                report.Line(ProgressText.Line(now));
            }
        }

        public void Message(string text) => report.Line(text);
    }
}
