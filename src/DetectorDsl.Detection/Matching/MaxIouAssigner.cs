using System.Numerics;
using DetectorDsl.Structures;

namespace DetectorDsl.Detection.Matching;

/// <summary>Assigns each box to the object it overlaps most.</summary>
/// <remarks>Overlaps are compared with the bounds in the boxes' precision, as torch does. Source: Faster R-CNN, section 3.1.2; mmdetection, max_iou_assigner.py.</remarks>
/// <param name="positiveIou">A box is positive at this overlap or more.</param>
/// <param name="negativeIou">A box is negative below this overlap.</param>
/// <param name="minPositiveIou">Least overlap at which an object's best boxes become positive.</param>
/// <param name="matchLowQuality">Whether each object keeps its best boxes, all that share its largest overlap, which has to be above 0.</param>
/// <param name="boxesKeepNearest">Whether a box that is kept so goes to the object that it overlaps most itself (torchvision) or to the one that keeps it.</param>
public sealed class MaxIouAssigner(
    double positiveIou,
    double negativeIou,
    double minPositiveIou,
    bool matchLowQuality = true,
    bool boxesKeepNearest = false
) : IBoxAssigner
{
    // Boxes that one thread takes up at a time: their overlaps stay in its cache.
    private const int BlockLength = 8192;

    /// <inheritdoc />
    public Assignment Assign(Boxes boxes, Boxes groundTruth)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(groundTruth);
        return boxes.AreDouble ? Assign<double>(boxes, groundTruth) : Assign<float>(boxes, groundTruth);
    }

    /// <summary>Assigns from given overlaps.</summary>
    /// <param name="overlaps">G rows of B overlaps.</param>
    /// <param name="count">B.</param>
    /// <returns>The object of each box.</returns>
    public Assignment Match(IReadOnlyList<float[]> overlaps, int count)
    {
        ArgumentNullException.ThrowIfNull(overlaps);
        var (best, nearest) = (new float[count], new int[count]);
        var matching = new Matching<float>(0, best, nearest, overlaps.Count);
        for (var g = 0; g < overlaps.Count; g++)
        {
            matching.Consider(g, overlaps[g]);
        }

        return Decide(best, nearest, matching.Leaders);
    }

    /// <summary>Assigns from overlaps that are computed for one object after the other.</summary>
    /// <param name="objects">G.</param>
    /// <param name="count">B.</param>
    /// <param name="overlapsOf">Fills the B overlaps of an object.</param>
    /// <returns>The object of each box.</returns>
    internal Assignment Match<T>(int objects, int count, Action<int, T[]> overlapsOf)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (best, nearest) = (new T[count], new int[count]);
        var matching = new Matching<T>(0, best, nearest, objects);
        var overlaps = new T[count];
        for (var g = 0; g < objects; g++)
        {
            overlapsOf(g, overlaps);
            matching.Consider(g, overlaps);
        }

        return Decide(best, nearest, matching.Leaders);
    }

    private Assignment Assign<T>(Boxes boxes, Boxes groundTruth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (count, objects) = (boxes.Count, groundTruth.In<T>().ToArray());
        var (best, nearest) = (new T[count], new int[count]);
        var blocks = new Matching<T>[(count + BlockLength - 1) / BlockLength];
        Parallel.For(0, blocks.Length, block =>
        {
            var start = block * BlockLength;
            var overlaps = new T[Math.Min(BlockLength, count - start)];
            blocks[block] = new Matching<T>(
                start,
                best.AsMemory(start, overlaps.Length),
                nearest.AsMemory(start, overlaps.Length),
                objects.Length
            );
            for (var g = 0; g < objects.Length; g++)
            {
                Overlaps(boxes.In<T>().Slice(start, overlaps.Length), objects[g], overlaps);
                blocks[block].Consider(g, overlaps);
            }
        });

        return Decide(
            best,
            nearest,
            [.. Enumerable.Range(0, objects.Length).Select(g => Leaders<T>.OfAll(blocks.Select(block => block.Leaders[g])))]
        );
    }

    private Assignment Decide<T>(T[] best, int[] nearest, Leaders<T>[] leaders)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var matched = new int[best.Length];
        var (positive, negative, minPositive) = (
            T.CreateTruncating(positiveIou),
            T.CreateTruncating(negativeIou),
            T.CreateTruncating(minPositiveIou)
        );
        for (var box = 0; box < matched.Length; box++)
        {
            matched[box] =
                nearest[box] >= 0 && best[box] >= positive ? nearest[box]
                : best[box] < negative ? Assignment.Negative
                : Assignment.Ignored;
        }

        for (var g = 0; matchLowQuality && g < leaders.Length; g++)
        {
            foreach (var box in leaders[g].Overlap >= minPositive ? leaders[g].Boxes : [])
            {
                matched[box] = boxesKeepNearest ? nearest[box] : g;
            }
        }

        return new Assignment(matched, Precision.Of<T, float>(best));
    }

    private static void Overlaps<T>(ReadOnlySpan<Corners<T>> boxes, Corners<T> target, Span<T> overlaps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < overlaps.Length; i++)
        {
            overlaps[i] = boxes[i].Iou(target);
        }
    }

    /// <summary>Best object of each box and best boxes of each object, object by object: a table of all overlaps would take hundreds of megabytes.</summary>
    private sealed class Matching<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int first;
        private readonly Memory<T> best;
        private readonly Memory<int> nearest;

        /// <param name="first">Number of the first box.</param>
        /// <param name="best">Receives the largest overlap of each box.</param>
        /// <param name="nearest">Receives the object of that overlap, the first of several; -1 where there is none.</param>
        /// <param name="objects">Number of objects.</param>
        public Matching(int first, Memory<T> best, Memory<int> nearest, int objects)
        {
            (this.first, this.best, this.nearest) = (first, best, nearest);
            nearest.Span.Fill(-1);
            Leaders = [.. Enumerable.Range(0, objects).Select(_ => new Leaders<T>())];
        }

        /// <summary>Of each object.</summary>
        public Leaders<T>[] Leaders { get; }

        public void Consider(int g, ReadOnlySpan<T> overlaps)
        {
            var ownBest = best.Span;
            var ownNearest = nearest.Span;
            var leaders = Leaders[g];
            for (var box = 0; box < overlaps.Length; box++)
            {
                var overlap = overlaps[box];
                if (ownNearest[box] < 0 || overlap > ownBest[box])
                {
                    (ownNearest[box], ownBest[box]) = (g, overlap);
                }

                leaders.Consider(first + box, overlap);
            }
        }
    }

    /// <summary>The boxes that share an object's largest overlap; none where nothing overlaps it.</summary>
    private sealed class Leaders<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>That overlap.</summary>
        public T Overlap { get; private set; }

        /// <summary>Those boxes, by number.</summary>
        public List<int> Boxes { get; } = [];

        /// <summary>The leaders among several blocks of boxes, which come in order.</summary>
        public static Leaders<T> OfAll(IEnumerable<Leaders<T>> blocks)
        {
            var all = new Leaders<T>();
            foreach (var block in blocks)
            {
                foreach (var box in block.Boxes)
                {
                    all.Consider(box, block.Overlap);
                }
            }

            return all;
        }

        public void Consider(int box, T overlap)
        {
            if (overlap > Overlap)
            {
                Boxes.Clear();
                Overlap = overlap;
            }

            if (overlap > T.Zero && overlap == Overlap)
            {
                Boxes.Add(box);
            }
        }
    }
}
