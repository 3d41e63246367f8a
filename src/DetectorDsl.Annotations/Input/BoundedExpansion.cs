namespace DetectorDsl.Annotations;

/// <summary>Ends reading where compressed data grow beyond what any real data do.</summary>
/// <param name="expanded">The data as they are unpacked.</param>
/// <param name="packed">Where they come from.</param>
internal sealed class BoundedExpansion(Stream expanded, Stream packed) : ReadingStream
{
    private long length;

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        var read = expanded.Read(buffer);
        length += read;
        return length <= Math.Max(InputBudget.FreeExpansion, InputBudget.MostExpansion * packed.Position)
            ? read
            : throw new InvalidDataException(
                $"its compressed data grow to more than {InputBudget.MostExpansion} times their size, as no real file's do."
            );
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            expanded.Dispose();
        }

        base.Dispose(disposing);
    }
}
