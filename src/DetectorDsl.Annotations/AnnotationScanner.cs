namespace DetectorDsl.Annotations;

/// <summary>Reads annotations of the usual form one after the other; whatever is unusual or wrong is left to the general reader.</summary>
/// <param name="bytes">A part of the list, from behind the opening brace of an entry on.</param>
/// <param name="outlines">Reads segmentations.</param>
internal ref struct AnnotationScanner(ReadOnlySpan<byte> bytes, OutlineScanner outlines)
{
    private JsonScanner json = new(bytes, 0);

    /// <summary>Behind the closing brace of the last entry that was read.</summary>
    public int Position { get; private set; }

    /// <summary>Goes behind the opening brace of the next entry.</summary>
    public bool TryOpen() => json.Take((byte)',') && json.Take((byte)'{');

    /// <summary>Reads an entry from behind its opening brace on.</summary>
    /// <param name="index">Its place in the list.</param>
    /// <returns>Null where the entry is left to the general reader.</returns>
    public RawAnnotation? Read(int index)
    {
        var raw = new RawAnnotation { Index = index };
        do
        {
            if (!json.TryReadName(out var name) || !TryReadMember(name, raw))
            {
                return null;
            }
        } while (json.Take((byte)','));

        if (!json.Take((byte)'}'))
        {
            return null;
        }

        Position = json.Position;
        return raw;
    }

    private bool TryReadMember(ReadOnlySpan<byte> name, RawAnnotation raw)
    {
        if (name.SequenceEqual("segmentation"u8))
        {
            var done = outlines.TryRead(ref json, out var rings);
            raw.Segmentation = rings;
            return done;
        }

        if (name.SequenceEqual("bbox"u8))
        {
            return TryReadBox(raw);
        }

        if (name.SequenceEqual("area"u8))
        {
            var done = json.TryReadNumber(out var area);
            raw.Area = area;
            return done;
        }

        return json.TryReadWhole(out var whole) && TrySet(name, whole, raw);
    }

    private static bool TrySet(ReadOnlySpan<byte> name, long whole, RawAnnotation raw)
    {
        if (name.SequenceEqual("id"u8))
        {
            raw.Id = whole;
        }
        else if (name.SequenceEqual("image_id"u8))
        {
            raw.ImageId = whole;
        }
        else if (name.SequenceEqual("category_id"u8) && whole is >= int.MinValue and <= int.MaxValue)
        {
            raw.CategoryId = (int)whole;
        }
        else if (name.SequenceEqual("iscrowd"u8))
        {
            raw.IsCrowd = whole != 0;
        }
        else if (name.SequenceEqual("ignore"u8) && whole != 0)
        {
            raw.IsIgnored = true;
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool TryReadBox(RawAnnotation raw)
    {
        if (
            json.Take((byte)'[')
            && json.TryReadNumber(out var x)
            && json.Take((byte)',')
            && json.TryReadNumber(out var y)
            && json.Take((byte)',')
            && json.TryReadNumber(out var width)
            && json.Take((byte)',')
            && json.TryReadNumber(out var height)
            && json.Take((byte)']')
        )
        {
            raw.Box = new Box(x, y, width, height);
            return true;
        }

        return false;
    }
}
