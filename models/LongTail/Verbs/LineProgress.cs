using System.Globalization;
using DetectorDsl.Training;

namespace LongTail;

/// <summary>Tells of a training in plain lines.</summary>
internal sealed class LineProgress(TextWriter output) : ITrainingProgress
{
    public void Step(TrainingProgress now)
    {
        if (now.IsLogged)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{now.Step}/{now.Of}  loss {now.Total:0.000}  {now.ImagesPerSecond:0} images/s"
                )
            );
        }
    }

    public void Message(string text) => output.WriteLine(text);
}
