using System.Text;
using DetectorDsl.Annotations;

namespace DetectorDsl.Hosting.Reporting;

/// <summary>Writes for a person: what a line holds of control characters is shown, not sent.</summary>
/// <param name="inner">Receives the text.</param>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    /// <summary>Where the text goes, for what must come through unchanged.</summary>
    public TextWriter Inner { get; } = inner;

    /// <inheritdoc />
    public override Encoding Encoding => Inner.Encoding;

    /// <inheritdoc />
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc />
    public override void Write(string? value) => Inner.Write(VisibleText.OfLines(value ?? ""));

    /// <summary>Writes one line, whatever the text holds.</summary>
    public override void WriteLine(string? value) => Inner.WriteLine(VisibleText.Of(value ?? ""));

    /// <inheritdoc />
    public override void WriteLine() => Inner.WriteLine();

    /// <inheritdoc />
    public override void WriteLine(object? value) => WriteLine(value?.ToString());

    /// <inheritdoc />
    public override void Flush() => Inner.Flush();
}
