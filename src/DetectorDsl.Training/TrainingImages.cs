using System.Collections.Concurrent;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;

namespace DetectorDsl.Training;

/// <summary>
/// Reads the images of a run. One that cannot be read is tried again; then the next that can be read takes its place. Where none can, the
/// storage is waited for. Safe on several threads.
/// </summary>
/// <remarks>
/// Which image takes the place depends on the image and on the files alone, never on threads. Source of the rule: mmdetection, which
/// takes another image
/// (<c>CustomDataset.__getitem__</c>); here it is not a random one.
/// </remarks>
internal sealed class TrainingImages
{
    // Spread over the data, since files that are lost often lie side by side.
    private const int Candidates = 16;

    // More of them end the run, so that nobody trains for days on the rest of a data set.
    private const int FewLeftOut = 10;
    private const double ShareLeftOut = 0.1;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan[] Outage = [.. new[] { 1, 2, 4, 8, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private readonly int count;
    private readonly Func<int, Sample> read;
    private readonly Action<TimeSpan> wait;
    private readonly ConcurrentDictionary<int, string> leftOut = new();
    private readonly ConcurrentQueue<LeftOutImage> news = new();
    private readonly long[]? contents;

    public TrainingImages(DetectionDataset data)
        : this(data.Images.Length, data.Read, Thread.Sleep)
    {
        Data = data;
        contents = new long[data.Images.Length];
    }

    /// <summary>For images that are no files.</summary>
    internal TrainingImages(int count, Func<int, Sample> read, Action<TimeSpan> wait) =>
        (this.count, this.read, this.wait) = (count, read, wait);

    /// <summary>The data set; null where images are no files.</summary>
    public DetectionDataset? Data { get; }

    /// <summary>How many images were left out at least once.</summary>
    public int LeftOutCount => leftOut.Count;

    /// <summary>Whether so many were left out that the run should end.</summary>
    public bool AreTooManyLeftOut => leftOut.Count > Math.Max(FewLeftOut, count * ShareLeftOut);

    /// <summary>Checksum of the content of an image's file; 0 until it was read.</summary>
    public long ContentOf(int index) => contents is null ? 0 : contents[index];

    /// <summary>Takes over a checksum that an earlier process of the run has found.</summary>
    public void Know(int index, long content) => contents![index] = content;

    /// <summary>The images that were left out since the last call.</summary>
    public IEnumerable<LeftOutImage> TakeNews()
    {
        while (news.TryDequeue(out var image))
        {
            yield return image;
        }
    }

    /// <summary>Reads an image, or the one that takes its place.</summary>
    /// <exception cref="TrainingException">Neither it nor any other that was tried could be read for a minute.</exception>
    public Sample Read(int index)
    {
        var sample = TryRead(index, out var reason);
        if (sample is not null)
        {
            return sample;
        }

        if (!leftOut.ContainsKey(index))
        {
            wait(Moment);
            sample = TryRead(index, out reason);
        }

        foreach (var pause in Outage)
        {
            sample ??= TryReplace(index, reason);
            if (sample is not null)
            {
                return sample;
            }

            wait(pause);
            sample = TryRead(index, out reason);
        }

        return sample
            ?? TryReplace(index, reason)
            ?? throw new TrainingException(
                $"{reason} Nor can {Math.Min(Candidates, count - 1)} other images that were tried. The storage of the data cannot be reached: go on with --resume once it can."
            );
    }

    private Sample? TryReplace(int index, string reason)
    {
        var candidates = Math.Min(Candidates, count - 1);
        for (var candidate = 0; candidate < candidates; candidate++)
        {
            var other = (int)((index + 1 + ((long)candidate * (count - 1) / candidates)) % count);
            if (TryRead(other, out _) is { } sample)
            {
                if (leftOut.TryAdd(index, reason))
                {
                    news.Enqueue(new LeftOutImage(index, reason, leftOut.Count));
                }

                return sample;
            }
        }

        return null;
    }

    private Sample? TryRead(int index, out string reason)
    {
        try
        {
            var sample = read(index);
            reason = "";
            if (contents is not null && contents[index] == 0)
            {
                contents[index] = ImageFileRecord.ContentOf(Data!.PathOf(index));
            }

            return sample;
        }
        catch (Exception exception) when (exception is ImageException or IOException or UnauthorizedAccessException)
        {
            reason = exception.Message;
            return null;
        }
    }
}

/// <summary>An image that could not be read.</summary>
/// <param name="Index">The image, by its place in the data set.</param>
/// <param name="Reason">Names it and says why.</param>
/// <param name="Count">Images left out so far, this one included.</param>
internal sealed record LeftOutImage(int Index, string Reason, int Count);
