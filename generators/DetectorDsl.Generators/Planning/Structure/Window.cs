using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>Height and width of a kernel.</summary>
internal readonly record struct Window(int Height, int Width)
{
    public bool IsSquare => Height == Width;

    public long Count => (long)Height * Width;

    /// <summary>As an argument of what makes a layer.</summary>
    public string Argument => IsSquare ? $"kernel: {CSharpLiteral.Of(Height)}" : $"({CSharpLiteral.Of(Height)}, {CSharpLiteral.Of(Width)})";

    public override string ToString() => $"{Height}x{Width}";

    public static implicit operator Window(int side) => new(side, side);
}
