using TorchSharp;

namespace DetectorDsl.Native;

/// <summary>Numbers on their way into native code.</summary>
/// <remarks>
/// TorchSharp hands a <see cref="Scalar" />'s native memory to an operator without keeping the object alive: a collection at that moment frees the number under the
/// operator's eyes. Whoever made the last few numbers of a thread therefore holds them. BannedSymbols.txt forbids the implicit conversions, which hold nothing.
/// </remarks>
internal static class Scalars
{
    // More than any operator takes, so that a number outlives the call that it is made for.
    private const int Held = 16;

    [ThreadStatic]
    private static Scalar[]? last;

    [ThreadStatic]
    private static int next;

    /// <summary>The number, alive until the thread has made many others.</summary>
    public static Scalar Of(double number) => Hold(number.ToScalar());

    /// <inheritdoc cref="Of(double)" />
    public static Scalar Of(long number) => Hold(number.ToScalar());

    private static Scalar Hold(Scalar scalar)
    {
        last ??= new Scalar[Held];
        last[next] = scalar;
        next = (next + 1) % Held;
        return scalar;
    }
}
