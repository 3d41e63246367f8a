using System.Collections.Immutable;
using DetectorDsl.Annotations;
using DetectorDsl.Structures;

namespace DetectorDsl.Data.Rendering;

/// <summary>Images and annotation file of one split: <c>name/000001.jpg</c> and on, <c>name.json</c>.</summary>
/// <param name="Name">Name of file and folder.</param>
/// <param name="Counts">Instances of each class.</param>
/// <param name="Images">Number of images.</param>
/// <param name="Seed">Seed of the drawing.</param>
/// <param name="Stream">Number of the split, which keeps splits of one seed apart.</param>
internal sealed record RenderedSplit(string Name, ImmutableArray<int> Counts, int Images, long Seed, int Stream)
{
    /// <summary>Draws the images on all processors; each has random numbers of its own, so the order of work does not matter.</summary>
    public void Write(
        string folder,
        RenderedStep step,
        ImmutableArray<Category> categories,
        Action imageDone,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(Path.Combine(folder, Name));
        var scenes = SceneAllocation.Distribute(Counts, Images, RandomSource.For(Seed, Stream, -1));
        var rendered = new ImmutableArray<RleMask>[Images];
        var renderer = new SceneRenderer(step);
        Parallel.For(0, Images, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            var scene = renderer.Render(scenes[index], RandomSource.For(Seed, Stream, index));
            File.WriteAllBytes(Path.Combine(folder, Name, FileName(index)), scene.Jpeg);
            rendered[index] = scene.Masks;
            imageDone();
        });
        using var stream = File.Create(Path.Combine(folder, $"{Name}.json"));
        AnnotationWriter.Write(stream, Annotations(scenes, rendered, step.ImageSize, categories));
    }

    private static AnnotationSet Annotations(
        ImmutableArray<ImmutableArray<int>> scenes,
        ImmutableArray<RleMask>[] masks,
        int size,
        ImmutableArray<Category> categories
    )
    {
        var annotations = ImmutableArray.CreateBuilder<InstanceAnnotation>();
        var images = ImmutableArray.CreateBuilder<AnnotatedImage>(scenes.Length);
        for (var index = 0; index < scenes.Length; index++)
        {
            // Everything that was drawn is annotated, so each other category is known to be absent.
            var present = scenes[index].Select(label => categories[label].Id).ToHashSet();
            images.Add(
                new AnnotatedImage(index + 1, FileName(index), size, size)
                {
                    StatesNegatives = true,
                    NegativeCategoryIds = [.. categories.Select(category => category.Id).Where(id => !present.Contains(id))],
                }
            );
            for (var item = 0; item < scenes[index].Length; item++)
            {
                var mask = masks[index][item];
                annotations.Add(
                    new InstanceAnnotation(
                        annotations.Count + 1,
                        index + 1,
                        categories[scenes[index][item]].Id,
                        mask.Bounds,
                        mask.Area,
                        new RleSegmentation(mask),
                        false
                    )
                );
            }
        }

        return new AnnotationSet(images.MoveToImmutable(), annotations.ToImmutable(), categories, []);
    }

    private static string FileName(int index) => $"{index + 1:D6}.jpg";
}
