using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Collects the members of an entry that nothing here reads.</summary>
/// <param name="store">Keeps them.</param>
internal sealed class MemberBuffer(ByteStore store)
{
    private readonly GrowingBuffer<byte> text = new();

    /// <summary>Begins an entry.</summary>
    public void Clear() => text.Clear();

    /// <summary>Bytes taken.</summary>
    public int Length => text.Count;

    /// <summary>Takes a member; the reader stands on its name and is left on the last token of its value.</summary>
    /// <param name="reader">The reader of an object that the window holds.</param>
    /// <param name="window">The window.</param>
    public void Add(ref Utf8JsonReader reader, JsonWindow window)
    {
        var start = reader.TokenStartIndex;
        var isName = JsonItems.TextOf(ref reader) is not null;
        JsonItems.SkipValue(ref reader);
        if (isName)
        {
            text.Add(text.Count == 0 ? (byte)'{' : (byte)',');
            text.Append(window.Held(start, reader.BytesConsumed));
        }
    }

    /// <summary>Takes a member.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="opening">How its value begins, as it stands in the file.</param>
    /// <param name="value">The rest of the value.</param>
    public void Add(string name, ReadOnlySpan<byte> opening, ReadOnlySpan<byte> value)
    {
        text.Add(text.Count == 0 ? (byte)'{' : (byte)',');
        text.Add((byte)'"');
        text.Append(JsonEncodedText.Encode(name).EncodedUtf8Bytes);
        text.Append("\":"u8);
        text.Append(opening);
        text.Append(value);
    }

    /// <summary>The members; null where there are none.</summary>
    public JsonMembers? Take()
    {
        if (text.Count == 0)
        {
            return null;
        }

        text.Add((byte)'}');
        return new JsonMembers(store.Add(text.Items));
    }
}
