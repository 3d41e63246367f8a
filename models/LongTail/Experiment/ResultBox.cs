using DetectorDsl.Annotations;
using DetectorDsl.Structures;

namespace LongTail.Experiment;

/// <summary>Boxes of detections in the form of result files, with sides in single precision, as in all runs that are kept.</summary>
internal static class ResultBox
{
    /// <summary>The box of a detection.</summary>
    /// <param name="detections">Detections of an image.</param>
    /// <param name="index">Which of them.</param>
    public static Box Of(ImageDetections detections, int index)
    {
        var box = detections.Boxes.In<float>()[index];
        return new Box(box.X1, box.Y1, box.Width, box.Height);
    }
}
