using DetectorDsl.Annotations;
using DetectorDsl.Structures;

namespace DetectorDsl.Torch.Operators;

/// <summary>One region of one mask at a time: where its cells sample the mask, and the pixels there.</summary>
/// <param name="geometry">How regions are sampled.</param>
internal sealed class MaskRegion(RoIAlignGeometry geometry)
{
    private readonly List<Tap> rows = [];
    private readonly List<Tap> columns = [];
    private readonly PinnedBytes scratch = new();
    private MaskView pixels;
    private int samplesY;
    private int samplesX;

    /// <summary>Goes to a region.</summary>
    /// <param name="masks">The masks of the image.</param>
    /// <param name="item">Which of them.</param>
    /// <param name="box">The region in pixels of the mask.</param>
    public void Take(MaskPixels masks, int item, Corners<double> box)
    {
        samplesX = geometry.Axis(box.X1, box.X2, 1, masks.Width(item), geometry.OutputWidth, columns);
        samplesY = geometry.Axis(box.Y1, box.Y2, 1, masks.Height(item), geometry.OutputHeight, rows);
        var ((left, width), (top, height)) = (Reach(columns), Reach(rows));
        pixels = masks.Look(item, new PixelWindow(left, top, height, width), scratch);
    }

    /// <summary>The mean of a cell's samples, 0 to 1.</summary>
    /// <param name="cellY">Row of the cell.</param>
    /// <param name="cellX">Column of the cell.</param>
    public double Average(int cellY, int cellX)
    {
        var sum = 0.0;
        for (var y = cellY * samplesY; y < (cellY + 1) * samplesY; y++)
        {
            var row = rows[y];
            for (var x = cellX * samplesX; x < (cellX + 1) * samplesX && !row.IsOutside; x++)
            {
                var column = columns[x];
                if (!column.IsOutside)
                {
                    sum +=
                        (
                            row.LowWeight
                            * ((column.LowWeight * pixels[row.Low, column.Low]) + (column.HighWeight * pixels[row.Low, column.High]))
                        )
                        + (
                            row.HighWeight
                            * ((column.LowWeight * pixels[row.High, column.Low]) + (column.HighWeight * pixels[row.High, column.High]))
                        );
                }
            }
        }

        return sum / Math.Max(1, samplesX * samplesY);
    }

    // Samples go upwards; those outside look at nothing.
    private static (int First, int Count) Reach(List<Tap> taps)
    {
        var (first, last) = (taps.FindIndex(tap => !tap.IsOutside), taps.FindLastIndex(tap => !tap.IsOutside));
        return first < 0 ? (0, 0) : (taps[first].Low, taps[last].High - taps[first].Low + 1);
    }
}
