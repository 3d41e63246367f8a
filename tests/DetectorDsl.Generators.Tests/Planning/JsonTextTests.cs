using System.Text.Json;
using DetectorDsl.Generators.Planning.Describing;
using Xunit;

namespace DetectorDsl.Generators.Tests.Planning;

public class JsonTextTests
{
    [Fact]
    public void MembersStandOnLinesOfTheirOwn_AndValuesOnOne()
    {
        var json = new JsonText();
        json.Object([
            ("a", () => json.Value("1")),
            ("list", () => json.List([() => json.Object([("b", () => json.Values(["1", "2"]))]), () => json.Value("null")])),
        ]);
        Assert.Equal(
            """
            {
              "a": 1,
              "list": [
                {
                  "b": [1, 2]
                },
                null
              ]
            }
            """,
            json.ToString()
        );
    }

    [Fact]
    public void ALongListOfValues_GoesOnInTheNextLine()
    {
        var json = new JsonText();
        json.Object([("names", () => json.Values([.. Enumerable.Range(0, 200).Select(index => JsonText.Quoted($"class {index}"))]))]);
        var lines = json.ToString().Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 121, line));
        Assert.All(lines[2..^1], line => Assert.StartsWith("    \"class", line, StringComparison.Ordinal));
        Assert.True(lines.Length < 30);
        Assert.Equal(200, JsonDocument.Parse(json.ToString()).RootElement.GetProperty("names").GetArrayLength());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("quo\"te, back\\slash, tab\t, line\n, bell\u0007, ümläut, 猫")]
    public void ATextReadsBackAsItself(string text) => Assert.Equal(text, JsonSerializer.Deserialize<string>(JsonText.Quoted(text)));

    [Theory]
    [InlineData(1e-08)]
    [InlineData(0.1)]
    [InlineData(-3)]
    [InlineData(1e300)]
    public void ANumberReadsBackAsItself(double number) =>
        Assert.Equal(number, JsonSerializer.Deserialize<double>(JsonText.Number(number)));
}
