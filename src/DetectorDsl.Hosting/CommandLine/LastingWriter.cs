using System.Text;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>
/// Text for a console that may be full or closed: what cannot be written is lost, and nothing else. A disk that fills below a log of the
/// console, or a reader that goes away, must not end the work that is told of.
/// </summary>
/// <param name="writer">The console.</param>
/// <param name="tell">Is told once that it has failed, with the reason; null for nobody.</param>
internal sealed class LastingWriter(TextWriter writer, Action<string>? tell) : TextWriter
{
    private readonly Lock gate = new();
    private bool hasTold;

    public override Encoding Encoding => writer.Encoding;

    public override IFormatProvider FormatProvider => writer.FormatProvider;

    public override void Write(char value) => Try(() => writer.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => writer.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => writer.Write(value));

    public override void WriteLine(string? value) => Try(() => writer.WriteLine(value));

    public override void Flush() => Try(writer.Flush);

    private void Try(Action write)
    {
        lock (gate)
        {
            try
            {
                write();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                if (!hasTold)
                {
                    hasTold = true;
                    tell?.Invoke(exception.Message);
                }
            }
        }
    }
}
