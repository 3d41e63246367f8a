namespace DetectorDsl.Annotations.Tests;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain, caf\u00e9 \u732b \ud83d\ude00\t.", "plain, caf\u00e9 \u732b \ud83d\ude00\t.")]
    [InlineData("\u001b]0;title\u0007", "\\x1b]0;title\\x07")]
    [InlineData("0 defects\nforged", "0 defects\\x0aforged")]
    [InlineData("a\u009b2Jb\u007f", "a\\x9b2Jb\\x7f")]
    [InlineData("\u202egpj.exe\u2028\u2066", "\\u202egpj.exe\\u2028\\u2066")]
    public void WhatSteersATerminal_IsShown(string text, string expected) => Assert.Equal(expected, VisibleText.Of(text));

    [Fact]
    public void EndsOfLines_StayWhereThereAreSeveral() => Assert.Equal("a\nb\r\nc\\x0dd", VisibleText.OfLines("a\nb\r\nc\rd"));

    [Theory]
    [InlineData("cat", "cat")]
    [InlineData("bolt, small", "\"bolt, small\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\uff1d1", "'\uff1d1")]
    [InlineData("a\nb", "a\\x0ab")]
    [InlineData("", "")]
    public void CellsOfTables_StayTexts(string text, string expected) => Assert.Equal(expected, CsvCell.Of(text));
}
