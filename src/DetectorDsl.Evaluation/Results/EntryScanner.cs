using DetectorDsl.Annotations;

namespace DetectorDsl.Evaluation.Results;

/// <summary>Reads entries of the usual form; whatever is unusual (or wrong) it leaves to <see cref="EntryReader" />, which starts again at the entry's opening brace.</summary>
/// <param name="bytes">The piece of the file.</param>
/// <param name="position">Place of the entry's opening brace.</param>
internal ref struct EntryScanner(ReadOnlySpan<byte> bytes, int position)
{
    private JsonScanner json = new(bytes, position);

    /// <summary>Behind the closing brace, after success.</summary>
    public readonly int Position => json.Position;

    /// <returns>False where the entry is left to the general reader.</returns>
    public bool TryRead(ResultEntry entry)
    {
        entry.Clear();
        if (!json.Take((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!json.TryReadName(out var name))
            {
                return false;
            }

            var done =
                name.SequenceEqual("image_id"u8) ? json.TryReadWhole(out var whole) && entry.SetImage(whole)
                : name.SequenceEqual("category_id"u8) ? json.TryReadWhole(out whole) && entry.SetCategory(whole)
                : name.SequenceEqual("score"u8) ? json.TryReadNumber(out var number) && entry.SetScore(number)
                : name.SequenceEqual("bbox"u8) ? TryReadBox(entry)
                : name.SequenceEqual("segmentation"u8) && TryReadMask(entry);
            if (!done)
            {
                return false;
            }
        } while (json.Take((byte)','));

        return json.Take((byte)'}');
    }

    private bool TryReadBox(ResultEntry entry)
    {
        entry.ClearBox();
        if (!json.Take((byte)'['))
        {
            return false;
        }

        do
        {
            if (!json.TryReadNumber(out var number))
            {
                return false;
            }

            entry.AddToBox(number);
        } while (json.Take((byte)','));

        return entry.BoxLength == 4 && json.Take((byte)']');
    }

    private bool TryReadMask(ResultEntry entry)
    {
        entry.ClearMask();
        if (!json.Take((byte)'{'))
        {
            return false;
        }

        do
        {
            if (
                !json.TryReadName(out var name)
                || !(name.SequenceEqual("size"u8) ? TryReadSize(entry) : name.SequenceEqual("counts"u8) && TryReadText(entry))
            )
            {
                return false;
            }
        } while (json.Take((byte)','));

        return entry.HasSize && entry.HasRuns && json.Take((byte)'}');
    }

    private bool TryReadSize(ResultEntry entry)
    {
        if (
            !json.Take((byte)'[')
            || !json.TryReadWhole(out var height)
            || !json.Take((byte)',')
            || !json.TryReadWhole(out var width)
            || !json.Take((byte)']')
            || height is < 0 or > int.MaxValue
            || width is < 0 or > int.MaxValue
        )
        {
            return false;
        }

        (entry.MaskHeight, entry.MaskWidth, entry.HasSize) = ((int)height, (int)width, true);
        return true;
    }

    /// <summary>A text; of the escapes only that of the backslash, which is one of the mask's own characters.</summary>
    private bool TryReadText(ResultEntry entry)
    {
        if (!json.Take((byte)'"'))
        {
            return false;
        }

        entry.Text.Clear();
        while (json.TryReadText(out var part, out var end))
        {
            entry.Text.Append(part);
            if (end == '"')
            {
                entry.HasRuns = true;
                return true;
            }

            if (!json.TakeHere((byte)'\\'))
            {
                return false;
            }

            entry.Text.Add((byte)'\\');
        }

        return false;
    }
}
