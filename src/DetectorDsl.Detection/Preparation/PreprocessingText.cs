using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DetectorDsl.Detection.Preparation;

/// <summary>How images are prepared, as text that travels with weights: the value of <see cref="Key" /> in the metadata of a safetensors file.</summary>
/// <remarks>
/// <para>A JSON object:</para>
/// <list type="table">
/// <item><term>channels</term><description><c>RGB</c>: order of the channels of the model's input</description></item>
/// <item><term>range</term><description><c>[0, 255]</c>: values before normalisation</description></item>
/// <item><term>mean, deviation</term><description>three numbers each, in the order of the channels; (value - mean) / std is what the model sees</description></item>
/// <item><term>resize.rule</term><description>
/// <c>keep_ratio</c>: scale = min(long_side / longer side, short_side / shorter side), sizes rounded half up; <c>keep_ratio_cut</c>: the
/// same in single precision, by
/// reciprocals of the sides, sizes rounded down
/// </description></item>
/// <item><term>resize.short_side, resize.long_side</term><description>pixels at inference; what training resized to, its augmentations say</description></item>
/// <item><term>resize.interpolation</term><description>
/// <c>bilinear</c>, with pixel centres at half, without antialiasing, to whole values; <c>bilinear_unrounded</c>: the same to values in
/// single precision
/// </description></item>
/// <item><term>padding.multiple, padding.value</term><description>both sides are padded, at the bottom and right, to a multiple; after normalisation, with zeros</description></item>
/// </list>
/// </remarks>
public static class PreprocessingText
{
    /// <summary>Key of the text in a file's metadata.</summary>
    public const string Key = "preprocessing";

    /// <summary>Writes the text.</summary>
    /// <param name="preparation">How images are prepared.</param>
    /// <returns>JSON on one line.</returns>
    public static string Of(ImagePreparation preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        return new JsonObject
        {
            ["channels"] = "RGB",
            ["range"] = new JsonArray(0, 255),
            ["mean"] = Numbers(preparation.Mean),
            ["deviation"] = Numbers(preparation.Std),
            ["resize"] = new JsonObject
            {
                ["rule"] = preparation.CutSides ? "keep_ratio_cut" : "keep_ratio",
                ["short_side"] = preparation.ShortSide,
                ["long_side"] = preparation.LongSide,
                ["interpolation"] = preparation.WholeColours ? "bilinear" : "bilinear_unrounded",
            },
            ["padding"] = new JsonObject { ["multiple"] = preparation.PadTo, ["value"] = 0 },
        }.ToJsonString();
    }

    /// <summary>What differs between a file's text and the way images are prepared now.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="preparation">How images are prepared now.</param>
    /// <returns>The differences; none where images are prepared alike.</returns>
    /// <exception cref="JsonException">The text is no JSON object.</exception>
    public static IReadOnlyList<PreprocessingDifference> Compare(string text, ImagePreparation preparation)
    {
        var (theirs, ours) = (Places(text), Places(Of(preparation)));
        return
        [
            .. theirs
                .Keys.Union(ours.Keys)
                .Order(StringComparer.Ordinal)
                .Select(place => new PreprocessingDifference(
                    place,
                    theirs.GetValueOrDefault(place, "nothing"),
                    ours.GetValueOrDefault(place, "nothing")
                ))
                .Where(difference => difference.InWeights != difference.Here),
        ];
    }

    private static JsonArray Numbers(IEnumerable<double> numbers) => [.. numbers.Select(number => JsonValue.Create(number))];

    private static Dictionary<string, string> Places(string text)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("an object is wanted.");
        }

        Visit("", document.RootElement);
        return places;

        void Visit(string place, JsonElement element)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.Object)
                {
                    Visit($"{place}{member.Name}.", member.Value);
                }
                else
                {
                    places[$"{place}{member.Name}"] = Plain(member.Value);
                }
            }
        }
    }

    // 1 and 1.0 are the same number.
    private static string Plain(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Plain))}]",
            JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
}

/// <summary>One thing in which the preparation of images differs from that of the weights' training.</summary>
/// <param name="What">Name in the text, such as <c>mean</c> or <c>resize.short_side</c>.</param>
/// <param name="InWeights">Value in the weights' file.</param>
/// <param name="Here">Value now.</param>
public sealed record PreprocessingDifference(string What, string InWeights, string Here)
{
    /// <summary>Whether it is of size or padding only: the weights still see the values that they were trained on.</summary>
    public bool IsOfSize => What.StartsWith("resize.", StringComparison.Ordinal) || What.StartsWith("padding.", StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => $"{What}: {InWeights} in the file, {Here} here";
}
