using System.Text;
using System.Text.Json;

namespace DetectorDsl.Annotations;

/// <summary>Says in words what is wrong at the place where a file stops being JSON.</summary>
internal sealed class JsonMistake
{
    private const int ShownBytes = 16;

    private readonly long wantedLine;
    private readonly long wantedColumn;
    private readonly byte[] found = new byte[ShownBytes];
    private int count;
    private byte before;
    private int depth;
    private bool isInText;

    private JsonMistake(JsonException exception) =>
        (wantedLine, wantedColumn) = (exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);

    /// <summary>What is wrong.</summary>
    /// <param name="exception">The reader's complaint, with the place.</param>
    /// <param name="text">The same text once more, from its beginning.</param>
    /// <returns>Such as <c>no valid JSON at line 3, byte 7: the text ends here, so that the file is cut off; write or copy it again</c>.</returns>
    public static string Describe(JsonException exception, Stream text)
    {
        var mistake = new JsonMistake(exception);
        mistake.Find(text);
        return FormattableString.Invariant(
            $"no valid JSON at line {mistake.wantedLine + 1}, byte {mistake.wantedColumn}: {mistake.Words()}"
        );
    }

    private string Words()
    {
        var here = found.AsSpan(0, count);
        return here.IsEmpty ? "the text ends here, so that the file is cut off; write or copy it again"
            : depth >= InputBudget.DeepestNesting ? $"lists and objects are nested more than {InputBudget.DeepestNesting} levels deep"
            : here[0] == 0 ? "a zero byte, as in files of which a part was never written; copy it again"
            : here[0] == '\'' || here.StartsWith("None"u8) || here.StartsWith("True"u8) || here.StartsWith("False"u8)
                ? $"{Show(here)} is Python's notation, as print or str give it; write the file with json.dump"
            : here[0] is (byte)']' or (byte)'}' && before == ',' ? "a comma before the end of a list or object; take it away"
            : here[0] is (byte)'/' or (byte)'#' ? "a comment, which JSON has not; take it away"
            : here[0] < ' ' && isInText ? "a control character within a text; it needs to be written as an escape such as \\n"
            : $"{Show(here)} is not what may follow here; mend the text there";
    }

    private static string Show(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny(" \t\r\n,:]}"u8);
        var shown = Encoding.UTF8.GetString(end > 0 ? bytes[..end] : bytes[..1]);
        return $"'{string.Concat(shown.Select(character => char.IsControl(character) ? '?' : character))}'";
    }

    private void Find(Stream text)
    {
        var (line, column, escaped) = (0L, 0L, false);
        var buffer = new byte[1 << 16];
        var first = true;
        for (int read; count < ShownBytes && (read = text.Read(buffer)) > 0; )
        {
            var start = first && buffer.AsSpan(0, read).StartsWith("\uFEFF"u8) ? 3 : 0;
            first = false;
            foreach (var value in buffer.AsSpan(start, read - start))
            {
                if (count > 0 || (line == wantedLine && column >= wantedColumn) || line > wantedLine)
                {
                    found[count++] = value;
                    if (count == ShownBytes)
                    {
                        return;
                    }

                    continue;
                }

                (line, column) = value == '\n' ? (line + 1, 0) : (line, column + 1);
                Follow(value, ref escaped);
            }
        }
    }

    private void Follow(byte value, ref bool escaped)
    {
        if (isInText)
        {
            isInText = escaped || value != '"';
            escaped = !escaped && value == '\\';
            return;
        }

        isInText = value == '"';
        depth +=
            value is (byte)'[' or (byte)'{' ? 1
            : value is (byte)']' or (byte)'}' ? -1
            : 0;
        before = value > ' ' ? value : before;
    }
}
