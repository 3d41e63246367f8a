using System.Globalization;
using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DetectorDsl.Generators.Tests.Rendering;

public class CSharpLiteralTests
{
    [Theory]
    [InlineData(0.02, "0.02")]
    [InlineData(20, "20.0")]
    [InlineData(-3, "-3.0")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(1e300, "1E+300")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(0d, "0.0")]
    [InlineData(-0d, "-0.0")]
    [InlineData(double.NaN, "double.NaN")]
    [InlineData(double.PositiveInfinity, "double.PositiveInfinity")]
    [InlineData(double.NegativeInfinity, "double.NegativeInfinity")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.Epsilon, "5E-324")]
    public void ADouble_HasAPointOrAnExponent(double value, string expected) => Assert.Equal(expected, CSharpLiteral.Of(value));

    [Theory]
    [InlineData(0.1f, "0.1f")]
    [InlineData(2f, "2f")]
    [InlineData(-0f, "-0f")]
    [InlineData(float.NaN, "float.NaN")]
    [InlineData(float.NegativeInfinity, "float.NegativeInfinity")]
    [InlineData(float.MaxValue, "3.4028235E+38f")]
    public void AFloat_HasItsSuffix(float value, string expected) => Assert.Equal(expected, CSharpLiteral.Of(value));

    [Fact]
    public void WholeNumbersAndTruthValues_AreTheCompilersOwn()
    {
        Assert.Equal("-2147483648", CSharpLiteral.Of(int.MinValue));
        Assert.Equal("9223372036854775807L", CSharpLiteral.Of(long.MaxValue));
        Assert.Equal("true", CSharpLiteral.Of(true));
        Assert.Equal("false", CSharpLiteral.Of(false));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("quote \" backslash \\ braces {{ }} {0}")]
    [InlineData("line\r\nend\ttab\0null")]
    [InlineData("\u2028 \u200d \ufeff é 犬 🐕")]
    [InlineData("lone \ud83d surrogate")]
    [InlineData("")]
    public void AText_ReadsBackUnchanged(string value)
    {
        var literal = CSharpLiteral.Of(value);
        Assert.DoesNotContain('\r', literal);
        Assert.DoesNotContain('\n', literal);
        var parsed = Assert.IsType<LiteralExpressionSyntax>(SyntaxFactory.ParseExpression(literal));
        Assert.False(parsed.ContainsDiagnostics);
        Assert.Equal(value, parsed.Token.ValueText);
    }

    [Fact]
    public void NoText_IsNull() => Assert.Equal("null", CSharpLiteral.Of((string?)null));

    [Fact]
    public void AnEnumMember_IsNamedInFull_KeywordsMarked()
    {
        Assert.Equal("global::DetectorDsl.BatchNormMode.Training", CSharpLiteral.OfEnum("DetectorDsl.BatchNormMode", "Training"));
        Assert.Equal("global::A.@class.B.@event", CSharpLiteral.OfEnum("A.class+B", "event"));
    }

    [Fact]
    public void RandomDoubles_ReadBackBitForBit_InEveryCulture()
    {
        var random = new Random(7);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
            for (var i = 0; i < 2_000; i++)
            {
                var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
                if (!double.IsFinite(value))
                {
                    continue;
                }
                Assert.Equal(value, double.Parse(CSharpLiteral.Of(value), CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
