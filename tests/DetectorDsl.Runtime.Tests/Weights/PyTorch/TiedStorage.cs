using System.Text;

namespace DetectorDsl.Runtime.Tests.Weights.PyTorch;

/// <summary>Files of the form before PyTorch 1.6 in which all tensors view one storage.</summary>
internal static class TiedStorage
{
    /// <summary>A file of so many tensors named w0, w1 ..., each all numbers of the storage.</summary>
    public static byte[] Of(short numbers, int tensors)
    {
        List<byte> file =
        [
            0x80,
            2,
            0x8a,
            10,
            .. Convert.FromHexString("6cfc9c46f9206aa85019"),
            (byte)'.',
            0x80,
            2,
            (byte)'M',
            0xe9,
            3,
            (byte)'.',
            0x80,
            2,
            (byte)'}',
            (byte)'.',
            0x80,
            2,
            (byte)'}',
        ];
        byte[] count = [(byte)'M', .. BitConverter.GetBytes(numbers)];
        for (var tensor = 0; tensor < tensors; tensor++)
        {
            // "w0": _rebuild_tensor_v2(storage, 0, (numbers,), (1,), False, {})
            file.AddRange([
                .. Text($"w{tensor}"),
                .. "ctorch._utils\n_rebuild_tensor_v2\n("u8,
                (byte)'(',
                .. Text("storage"),
                .. "ctorch\nFloatStorage\n"u8,
                .. Text("0"),
                .. Text("cpu"),
                .. count,
                (byte)'N',
                (byte)'t',
                (byte)'Q',
            ]);
            file.AddRange([(byte)'K', 0, .. count, 0x85, (byte)'K', 1, 0x85, 0x89, (byte)'}', (byte)'t', (byte)'R', (byte)'s']);
        }

        file.AddRange([
            (byte)'.',
            0x80,
            2,
            (byte)']',
            .. Text("0"),
            (byte)'a',
            (byte)'.',
            .. BitConverter.GetBytes((long)numbers),
            .. new byte[4 * numbers],
        ]);
        return [.. file];
    }

    private static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(text.Length), .. Encoding.UTF8.GetBytes(text)];
}
