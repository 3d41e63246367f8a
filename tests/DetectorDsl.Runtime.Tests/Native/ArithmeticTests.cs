using DetectorDsl.Native;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Native;

public sealed class ArithmeticTests
{
    [Theory]
    [InlineData("a + b", new[] { 3.5, -1.0, 8.0 })]
    [InlineData("a + b + a", new[] { 5.5, -4.0, 12.0 })]
    [InlineData("a + 1.5", new[] { 3.5, -1.5, 5.5 })]
    [InlineData("a - 1.5", new[] { 0.5, -4.5, 2.5 })]
    [InlineData("1 - a", new[] { -1.0, 4.0, -3.0 })]
    [InlineData("a * 2", new[] { 4.0, -6.0, 8.0 })]
    [InlineData("a / 2", new[] { 1.0, -1.5, 2.0 })]
    [InlineData("6 / a", new[] { 3.0, -2.0, 1.5 })]
    [InlineData("a * a", new[] { 4.0, 9.0, 16.0 })]
    public void Results_AreThoseOfTheFormula_AndTheOperandsStay(string formula, double[] expected)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (tensor(new[] { 2.0, -3.0, 4.0 }), tensor(new[] { 1.5, 2.0, 4.0 }));
        var result = formula switch
        {
            "a + b" => a.Plus(b),
            "a + b + a" => Arithmetic.Sum(a, b, a),
            "a + 1.5" => a.Plus(1.5),
            "a - 1.5" => a.Minus(1.5),
            "1 - a" => a.SubtractedFrom(1),
            "a * 2" => a.Times(2),
            "a / 2" => a.Over(2),
            "6 / a" => a.Dividing(6),
            _ => a.Squared(),
        };
        Assert.Equal(expected, result.data<double>().ToArray());
        Assert.Equal([2.0, -3.0, 4.0], a.data<double>().ToArray());
    }

    [Fact]
    public void WholeNumbers_LeaveATensorOfWholeNumbersOne()
    {
        using var scope = NewDisposeScope();
        var whole = tensor(new[] { 2L, 5 });
        Assert.Equal(ScalarType.Int64, whole.Plus(1).dtype);
        Assert.Equal([3L, 6], whole.Plus(1).data<long>().ToArray());
        Assert.Equal([6L, 15], whole.Times(3).data<long>().ToArray());
    }

    [Fact]
    public void InPlace_TheTensorItselfChanges()
    {
        using var scope = NewDisposeScope();
        var sum = tensor(new[] { 1.0, 2.0 });
        Assert.Same(sum, sum.PlusInPlace(tensor(new[] { 0.5, 0.5 })));
        sum.PlusInPlace(1);
        Assert.Equal([2.5, 3.5], sum.data<double>().ToArray());
    }
}
