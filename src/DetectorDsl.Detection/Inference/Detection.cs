using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Inference;

/// <summary>An object found in an image, with its class as a member of the declaration's own enum.</summary>
/// <typeparam name="TClass">The classes.</typeparam>
/// <param name="Class">The class.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Box">In pixels of the image as stored.</param>
/// <param name="Mask">The object's pixels in the image as stored; null for a detector without masks.</param>
public readonly record struct Detection<TClass>(TClass Class, float Score, Box Box, RleMask? Mask)
    where TClass : struct, Enum;

/// <summary>From the detector's numbers to typed detections.</summary>
public static class Detections
{
    /// <summary>Types the detections of an image.</summary>
    /// <typeparam name="TClass">The classes.</typeparam>
    /// <param name="image">Detections of one image.</param>
    /// <param name="classOf">The class of a label, 0 to C - 1.</param>
    /// <returns>The detections in the same order, best first.</returns>
    public static ImmutableArray<Detection<TClass>> Typed<TClass>(ImageDetections image, Func<int, TClass> classOf)
        where TClass : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(classOf);
        var typed = ImmutableArray.CreateBuilder<Detection<TClass>>(image.Count);
        for (var i = 0; i < image.Count; i++)
        {
            typed.Add(new Detection<TClass>(classOf(image.Labels[i]), image.Scores[i], BoxOf(image, i), image.Masks?[i]));
        }

        return typed.MoveToImmutable();
    }

    /// <summary>The box of a detection in the form of annotation and result files.</summary>
    /// <param name="image">Detections of one image.</param>
    /// <param name="index">Which of them.</param>
    /// <returns>Left, top, width, height.</returns>
    public static Box BoxOf(ImageDetections image, int index)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Boxes[index].ToBox();
    }
}
