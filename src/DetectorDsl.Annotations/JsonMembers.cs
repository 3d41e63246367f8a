using System.Buffers;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Members of a JSON object that nothing here reads, kept as they stand in the file, so that they can be written again.</summary>
public sealed class JsonMembers : IEquatable<JsonMembers>
{
    private readonly ReadOnlyMemory<byte> text;

    /// <summary>Members of an object's text.</summary>
    /// <param name="text">A JSON object in UTF-8, known to be whole.</param>
    internal JsonMembers(ReadOnlyMemory<byte> text) => this.text = text;

    /// <summary>The members as the text of a JSON object, in UTF-8.</summary>
    public ReadOnlySpan<byte> Text => text.Span;

    /// <summary>Whether there is a member of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True if so.</returns>
    public bool Has(string name)
    {
        var reader = new Utf8JsonReader(Text);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>These members and others behind them.</summary>
    /// <param name="first">The first; null for none.</param>
    /// <param name="write">Writes the others into an object that has been begun.</param>
    /// <returns>All; null where there are none.</returns>
    internal static JsonMembers? Join(JsonMembers? first, Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            first?.Write(json);
            write(json);
            json.WriteEndObject();
        }

        return text.WrittenCount > 2 ? new JsonMembers(text.WrittenMemory.ToArray()) : null;
    }

    /// <inheritdoc />
    public bool Equals(JsonMembers? other) => other is not null && Text.SequenceEqual(other.Text);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as JsonMembers);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Text);
        return hash.ToHashCode();
    }

    /// <summary>Writes the members into an object that has been begun.</summary>
    /// <param name="json">Receives them.</param>
    internal void Write(Utf8JsonWriter json)
    {
        var reader = new Utf8JsonReader(Text);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            json.WritePropertyName(reader.GetString()!);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            json.WriteRawValue(Text[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
    }
}
