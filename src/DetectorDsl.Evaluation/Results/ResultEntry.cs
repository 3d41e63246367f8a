using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>One entry of a results file as it stands there. One for each thread; buffers are reused.</summary>
internal sealed class ResultEntry
{
    private readonly double[] box = new double[4];

    public long? ImageId { get; set; }

    /// <summary>The image's id where it is a word.</summary>
    public string? ImageWord { get; set; }

    public long? CategoryId { get; set; }

    /// <summary>The category's id where it is a word.</summary>
    public string? CategoryWord { get; set; }

    public double? Score { get; set; }

    /// <summary>Numbers of the box; 0 where there is none.</summary>
    public int BoxLength { get; private set; }

    public Box? Box => BoxLength == 0 ? null : new Box(box[0], box[1], box[2], box[3]);

    public int MaskHeight { get; set; }

    public int MaskWidth { get; set; }

    public bool HasSize { get; set; }

    /// <summary>Run lengths in the compressed text, still to be read.</summary>
    public GrowingBuffer<byte> Text { get; } = new();

    /// <summary>Run lengths.</summary>
    public GrowingBuffer<uint> Runs { get; } = new();

    /// <summary>Whether the entry states run lengths, in one form or the other.</summary>
    public bool HasRuns { get; set; }

    public List<double[]> Rings { get; } = [];

    public void Clear()
    {
        (ImageId, CategoryId, Score) = (null, null, null);
        (ImageWord, CategoryWord) = (null, null);
        ClearBox();
        ClearMask();
    }

    public void ClearBox() => BoxLength = 0;

    public void ClearMask()
    {
        (HasRuns, HasSize) = (false, false);
        Text.Clear();
        Runs.Clear();
        Rings.Clear();
    }

    public bool SetImage(long id)
    {
        ImageId = id;
        return true;
    }

    public bool SetCategory(long id)
    {
        CategoryId = id;
        return true;
    }

    public bool SetScore(double score)
    {
        Score = score;
        return true;
    }

    public void AddToBox(double number)
    {
        if (BoxLength < 4)
        {
            box[BoxLength] = number;
        }

        BoxLength++;
    }
}
