namespace DetectorDsl.Annotations;

/// <summary>Reads and packs outlines of the usual form: lists of numbers of few decimals.</summary>
/// <param name="packer">Packs rings.</param>
/// <param name="store">Keeps them.</param>
internal sealed class OutlineScanner(PackedRings packer, ByteStore store)
{
    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000];

    private readonly GrowingBuffer<long> wholes = new();
    private readonly GrowingBuffer<int> decimals = new();
    private readonly GrowingBuffer<int> counts = new();

    /// <returns>False where the outlines are left to the general reader.</returns>
    public bool TryRead(ref JsonScanner json, out RawRings? rings)
    {
        wholes.Clear();
        decimals.Clear();
        counts.Clear();
        rings = null;
        if (!json.Take((byte)'['))
        {
            return false;
        }

        var (all, most, odd) = (0, 0, 0);
        if (!json.Take((byte)']'))
        {
            do
            {
                if (!TryReadRing(ref json, ref most, ref odd))
                {
                    return false;
                }

                all++;
            } while (json.Take((byte)','));

            if (!json.Take((byte)']') || !TryScale(most))
            {
                return false;
            }
        }

        var valid = counts.Count == 0 ? null : new PolygonSegmentation(store.Add(packer.Pack(wholes.Items, most, counts.Items)));
        rings = new RawRings(valid, all - counts.Count, all, odd);

        // The general reader keeps the text of what cannot be used.
        return !rings.IsLost;
    }

    private bool TryReadRing(ref JsonScanner json, ref int most, ref int odd)
    {
        if (!json.Take((byte)'['))
        {
            return false;
        }

        var start = wholes.Count;
        if (!json.Take((byte)']'))
        {
            do
            {
                if (
                    !json.TryReadDecimal(out var whole, out var places, out _)
                    || places >= Powers.Length
                    || whole is >= int.MaxValue or <= -int.MaxValue
                )
                {
                    return false;
                }

                wholes.Add(whole);
                decimals.Add(places);
                most = Math.Max(most, places);
            } while (json.Take((byte)','));

            if (!json.Take((byte)']'))
            {
                return false;
            }
        }

        var length = wholes.Count - start;
        if (SegmentationReader.IsRing(length))
        {
            var rest = length % 2;
            wholes.Trim(wholes.Count - rest);
            decimals.Trim(decimals.Count - rest);
            counts.Add(length - rest);
            odd += rest;
        }
        else
        {
            wholes.Trim(start);
            decimals.Trim(start);
        }

        return true;
    }

    /// <summary>Gives all coordinates the same number of decimals.</summary>
    private bool TryScale(int most)
    {
        var scaled = wholes.Room;
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] *= Powers[most - decimals[i]];
            if (scaled[i] is >= int.MaxValue or <= -int.MaxValue)
            {
                return false;
            }
        }

        return true;
    }
}
