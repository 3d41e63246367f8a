using DetectorDsl.Generators.Categories;
using Xunit;

namespace DetectorDsl.Generators.Tests.Categories;

public class JsonReaderTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData(" [ 1 , -0.5e+10 , 0 , 1E3, \"\", {}, [] ] ")]
    [InlineData("{\"a\": {\"b\": [false, null]}, \"a\": 1}")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"")]
    public void WhatJsonAllows_IsRead(string text)
    {
        var reader = new JsonReader(text);
        reader.Skip();
        reader.ReadEnd();
    }

    [Theory]
    [InlineData("", "line 1, column 1: expected a value, but the text ends")]
    [InlineData("[1,]", "line 1, column 4: expected a value, found ']'")]
    [InlineData("[1 2]", "line 1, column 4: expected ',' or ']', found '2'")]
    [InlineData("{\"a\" 1}", "line 1, column 6: expected ':', found '1'")]
    [InlineData("{\"a\": 1,}", "line 1, column 9: expected the name of a property, found '}'")]
    [InlineData("{a: 1}", "line 1, column 2: expected the name of a property, found 'a'")]
    [InlineData("[\n  // no comments\n]", "line 2, column 3: expected a value, found '/'")]
    [InlineData("01", "line 1, column 1: this is no number that JSON knows")]
    [InlineData("1.", "line 1, column 1: this is no number that JSON knows")]
    [InlineData("-", "line 1, column 1: this is no number that JSON knows")]
    [InlineData("+1", "line 1, column 1: expected a value, found '+'")]
    [InlineData("0x10", "line 1, column 1: this is no number that JSON knows")]
    [InlineData("NaN", "line 1, column 1: expected a value, found 'N'")]
    [InlineData("nul", "line 1, column 1: expected a value, found 'n'")]
    [InlineData("nulls", "line 1, column 1: expected a value, found 'n'")]
    [InlineData("\"a", "line 1, column 1: the text that begins here does not end")]
    [InlineData("\"a\tb\"", "line 1, column 3: a text must not hold")]
    [InlineData("\"\\x\"", "line 1, column 2: this is no escape")]
    [InlineData("\"\\u00g0\"", "line 1, column 2: this is no escape")]
    [InlineData("\"\\ud83d\"", "line 1, column 1: this text holds half of a surrogate pair")]
    [InlineData("[1] [2]", "line 1, column 5: expected the end of the text, found '['")]
    [InlineData("'a'", "line 1, column 1: expected a value, found '''")]
    public void WhatJsonForbids_IsRefusedWithItsPlace(string text, string message)
    {
        var exception = Assert.Throws<JsonFormatException>(() =>
        {
            var reader = new JsonReader(text);
            reader.Skip();
            reader.ReadEnd();
        });
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Escapes_BecomeTheirCharacters() =>
        Assert.Equal("\"\\/\b\f\n\r\té🐕", new JsonReader("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\udc15\"").ReadString());

    [Theory]
    [InlineData("12", 12)]
    [InlineData("-3", -3)]
    [InlineData("2147483647", int.MaxValue)]
    public void WholeNumbers_AreRead(string text, int expected) => Assert.Equal(expected, new JsonReader(text).ReadInteger());

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("2147483648")]
    public void OtherNumbers_AreNoWholeOnes(string text) => Assert.Throws<JsonFormatException>(() => new JsonReader(text).ReadInteger());

    [Fact]
    public void DeepNesting_IsRefused_RatherThanOverflowingTheStack()
    {
        var exception = Assert.Throws<JsonFormatException>(() => new JsonReader(new string('[', 100_000)).Skip());
        Assert.Contains("nested more than 128 deep", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NestingUpToTheLimit_IsRead() => new JsonReader(new string('[', 128) + new string(']', 128)).Skip();

    [Fact]
    public void EveryBeginningOfAText_IsRefusedWithoutHanging()
    {
        const string whole = "{\"categories\": [{\"id\": 1, \"name\": \"a\\u00e9\", \"x\": [-1.5e3, true, null]}]}";
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<JsonFormatException>(() => CategoryListReader.Read(whole[..length]));
        }
        Assert.Single(CategoryListReader.Read(whole));
    }
}
