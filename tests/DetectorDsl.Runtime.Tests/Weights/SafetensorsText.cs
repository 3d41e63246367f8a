using System.Buffers.Binary;
using System.Text;

namespace DetectorDsl.Runtime.Tests.Weights;

/// <summary>Files in the safetensors format, put together by hand.</summary>
internal static class SafetensorsText
{
    public static byte[] Of(string header, int valueBytes, long? claimedLength = null)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + valueBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, claimedLength ?? text.Length);
        text.CopyTo(file, 8);
        for (var i = 0; i < valueBytes; i++)
        {
            file[8 + text.Length + i] = (byte)i;
        }

        return file;
    }
}
