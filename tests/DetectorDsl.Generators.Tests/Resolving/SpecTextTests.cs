using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Resolving.Text;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>What is published is read back as it was.</summary>
public class SpecTextTests
{
    private static readonly Origin Slot = Origin.OfMember("N.D", "S");

    public static TheoryData<double> Numbers =>
        [
            0,
            -0.0,
            0.1,
            1e-5,
            1.0 / 3,
            -2.5e300,
            double.Epsilon,
            double.MaxValue,
            double.NaN,
            double.PositiveInfinity,
            double.NegativeInfinity,
        ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void ANumber_IsReadBackToTheLastBit(double number) =>
        Assert.Equal(
            BitConverter.DoubleToInt64Bits(number),
            BitConverter.DoubleToInt64Bits(
                ((RealValue)((ConstantExpression)RoundTrip(new ConstantExpression(new RealValue(number, Slot)))).Value).Number
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("it's (a) \\ 'text'\n\t\"of\" signs: Größe, \u2028, \0, 😀")]
    [InlineData("()")]
    [InlineData("\\")]
    public void AText_IsReadBackAsItWas(string text) =>
        Assert.Equal(new ConstantExpression(new TextValue(text, Slot)), RoundTrip(new ConstantExpression(new TextValue(text, Slot))));

    [Fact]
    public void EveryFormOfExpression_IsReadBack()
    {
        Expression number = new ConstantExpression(new IntegerValue(long.MinValue, Slot));
        Expression[] forms =
        [
            number,
            new ConstantExpression(new BooleanValue(true, Slot)),
            new ConstantExpression(new EnumValue("N.E", "Member", Slot)),
            new ConstantExpression(new NullValue(Slot)),
            new SlotExpression("Width", "", Slot),
            new SlotExpression("Width", "N.B", Slot),
            new BaseSlotExpression("Width", Slot),
            new ParameterExpression("Depth", Slot),
            new WideningExpression(number, true, Slot),
            new CastExpression("N.C", new BaseSlotExpression("S", Slot), Slot),
            new MemberExpression(new BaseSlotExpression("S", Slot), "P", Slot),
            new FailedExpression(Slot),
        ];
        Expression all = new WithExpression(
            new NewExpression(
                "N.C",
                [new("A", new ListExpression([.. forms, new SpreadExpression(number, Slot)], Slot)), new("B", number)],
                [new("C", number)],
                Slot
            ),
            [new("D", new ListExpression([], Slot))],
            Slot
        );
        Assert.Equal(all, RoundTrip(all));
    }

    [Fact]
    public void ADetector_IsReadBack()
    {
        var definition = new DetectorDefinition
        {
            Namespace = "N",
            Name = "D",
            Accessibility = "internal",
            IsAbstract = true,
            IsBroken = false,
            Summary = "What it is.",
            BaseType = "DetectorDsl.MaskRcnn",
            Categories = "N.Set",
            Slots =
            [
                new("S", new(PropertyKind.List, "", true, new(PropertyKind.Component, "N.C", false)), true, new ListExpression([], Slot)),
                new("T", new(PropertyKind.Real, "float", false), false, null),
            ],
        };
        Assert.Equal(definition, SpecText.Read("N.D", SpecText.Write(definition)).Detector);
    }

    [Fact]
    public void AComponent_IsReadBack()
    {
        var origin = Origin.OfMember("N.C", "A");
        var definition = new ComponentDefinition
        {
            TypeName = "N.C",
            BaseType = "N.B",
            IsBroken = false,
            Summary = "It's a part.",
            Members =
            [
                new(
                    new("A", "An \"A\".", true, new(0.5, double.MaxValue, true, false))
                    {
                        Type = new(PropertyKind.Integer, "int", true),
                        AllowedValues = ["1", "2"],
                        Length = new(3, 4),
                        ArrangesLogits = true,
                    },
                    true,
                    new ConstantExpression(new IntegerValue(1, origin))
                ),
                new(new("B", "", false, null) { Type = new(PropertyKind.Enum, "N.E", false) }, false, null),
            ],
            BaseArguments = [new("X", new ParameterExpression("A", Origin.OfMember("N.C", Origin.Base)))],
            Module = new("global::N.M", [new("a", "int", true), new("b", "global::System.Collections.Generic.IReadOnlyList<int>", false)]),
            OutputLevels = new([1, 2], null, [], "B"),
            LossTerms = ["loss_cls", "loss_other"],
            Logits = new(2, Dense: false, PerRegion: true),
            LossNeeds = new(false, true, true),
        };
        Assert.Equal(definition, SpecText.Read("N.C", SpecText.Write(definition)).Component);

        var bare = definition with
        {
            BaseType = "",
            Members = [],
            BaseArguments = [],
            Module = new("global::M", []),
            OutputLevels = null,
            LossTerms = [],
            Logits = null,
            LossNeeds = null,
            IsBroken = true,
        };
        Assert.Equal(bare, SpecText.Read("N.C", SpecText.Write(bare)).Component);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(")")]
    [InlineData("(a")]
    [InlineData("(a))")]
    [InlineData("'a")]
    [InlineData("'a\\")]
    [InlineData("a b")]
    public void WhatIsNoTerm_IsRefused(string text) => Assert.Throws<FormatException>(() => Term.Parse(text));

    [Fact]
    public void NestingWithoutEnd_IsRefused() => Assert.Throws<FormatException>(() => Term.Parse(new string('(', 100_000)));

    private static Expression RoundTrip(Expression expression) =>
        ExpressionTerms.Read(Term.Parse(ExpressionTerms.Write(expression).ToString()), Slot);
}
