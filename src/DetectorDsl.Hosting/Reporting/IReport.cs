using DetectorDsl.Training;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>What a person at the terminal sees of a run.</summary>
internal interface IReport
{
    /// <summary>A plain line.</summary>
    void Line(string text);

    /// <summary>Something to be noticed.</summary>
    void Warning(string text);

    /// <summary>A small table.</summary>
    void Table(TextTable table);

    /// <summary>Shows how far a piece of work is; the work reports its share, 0 to 1.</summary>
    void Work(string title, Action<IProgress<double>> work);

    /// <summary>Shows how training goes.</summary>
    void Training(Action<ITrainingProgress> work);
}
