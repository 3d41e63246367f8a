namespace DetectorDsl.Runtime.Training;

/// <summary>Told how training goes.</summary>
public interface ITrainingProgress
{
    /// <summary>A logged step is done.</summary>
    /// <param name="now">Where training stands.</param>
    void Step(TrainingProgress now);

    /// <summary>Something a person should read.</summary>
    /// <param name="text">One line.</param>
    void Message(string text);
}
