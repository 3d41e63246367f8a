using System.IO.Compression;
using System.Text;

namespace DetectorDsl.Runtime.Tests.Weights.PyTorch;

/// <summary>A view of an archive's one storage of floats.</summary>
/// <param name="Offset">Its first number.</param>
/// <param name="Shape">Lengths of the axes.</param>
/// <param name="Strides">Steps along them.</param>
internal sealed record View(int Offset, int[] Shape, int[] Strides)
{
    /// <summary>So many numbers in a row.</summary>
    public static View Of(int offset, int count) => new(offset, [count], [1]);
}

/// <summary>Archives as <c>torch.save</c> writes them, of any dictionaries.</summary>
internal static class TorchArchive
{
    /// <summary>An archive whose storage holds 0, 1, 2 ...</summary>
    /// <param name="numbers">Numbers of the storage.</param>
    /// <param name="root">Pairs of text and <see cref="View" />, or text and a list of such pairs; keys may occur twice.</param>
    public static byte[] Of(int numbers, IEnumerable<(string Key, object Value)> root)
    {
        List<byte> pickle = [0x80, 2];
        Add(pickle, root, numbers);
        pickle.Add((byte)'.');
        return Zip(
            ("archive/data.pkl", [.. pickle]),
            ("archive/data/0", [.. Enumerable.Range(0, numbers).SelectMany(number => BitConverter.GetBytes((float)number))])
        );
    }

    /// <summary>An archive of entries that are not compressed.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static void Add(List<byte> pickle, object value, int numbers)
    {
        if (value is View view)
        {
            pickle.AddRange("ctorch._utils\n_rebuild_tensor_v2\n(("u8);
            pickle.AddRange([
                .. Text("storage"),
                .. "ctorch\nFloatStorage\n"u8,
                .. Text("0"),
                .. Text("cpu"),
                .. Number(numbers),
                (byte)'t',
                (byte)'Q',
            ]);
            pickle.AddRange([.. Number(view.Offset), .. Tuple(view.Shape), .. Tuple(view.Strides), 0x89, (byte)'}', (byte)'t', (byte)'R']);
            return;
        }

        pickle.Add((byte)'}');
        foreach (var (key, inner) in (IEnumerable<(string, object)>)value)
        {
            pickle.AddRange(Text(key));
            Add(pickle, inner, numbers);
            pickle.Add((byte)'s');
        }
    }

    private static byte[] Tuple(int[] items) => [(byte)'(', .. items.SelectMany(Number), (byte)'t'];

    private static byte[] Number(int number) => [(byte)'J', .. BitConverter.GetBytes(number)];

    private static byte[] Text(string text) =>
        [(byte)'X', .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];
}
