using System.Globalization;
using System.Text;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Sampling;

namespace DetectorDsl.Training;

/// <summary>The file <c>sampling.csv</c>: images and objects of each class in the data, and in an epoch of the sampler.</summary>
internal static class SamplingFile
{
    public const string Name = "sampling.csv";

    public static void Write(Stream stream, DetectionDataset data, SampledCounts counts)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("label,id,name,images,instances,epoch_images,epoch_instances");
        for (var label = 0; label < data.CategoryIds.Length; label++)
        {
            var own = data.Summary.Classes[label];
            writer.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{label},{data.CategoryIds[label]},{CsvCell.Of(own.Name)},{own.Images},{own.Instances},{counts.ImageCounts[label]:0.###},{counts.InstanceCounts[label]:0.###}"
                )
            );
        }
    }
}
