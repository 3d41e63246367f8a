using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>An additional file that counts how often it was read.</summary>
internal sealed class MemoryText(string path, string? text) : AdditionalText
{
    private readonly SourceText? source = text is null ? null : SourceText.From(text);
    private int reads;

    public override string Path { get; } = path;

    public int Reads => reads;

    public override SourceText? GetText(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref reads);
        return source;
    }
}
