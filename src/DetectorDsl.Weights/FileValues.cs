using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights;

/// <summary>Numbers of a tensor as they lie in a file: one run of bytes, the last axis fastest.</summary>
internal static class FileValues
{
    /// <summary>Axes that torch's operators take.</summary>
    public const int MostAxes = 64;

    /// <summary>A fresh tensor with the values.</summary>
    /// <param name="path">The file, opened for this tensor alone.</param>
    /// <param name="name">The tensor, for messages.</param>
    /// <param name="type">Type of the numbers.</param>
    /// <param name="shape">Lengths of the axes.</param>
    /// <param name="offset">Place of the first byte in the file.</param>
    /// <exception cref="WeightsException">The file ends early, or the tensor is larger than can be handled.</exception>
    public static Tensor Read(string path, string name, ScalarType type, long[] shape, long offset)
    {
        using var file = OpenFile.Of(path);
        return Read(file, name, type, shape, offset);
    }

    /// <summary>A fresh tensor with the values.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The tensor, for messages.</param>
    /// <param name="type">Type of the numbers.</param>
    /// <param name="shape">Lengths of the axes.</param>
    /// <param name="offset">Place of the first byte in the file.</param>
    /// <exception cref="WeightsException">The file ends early, or the tensor is larger than can be handled.</exception>
    public static Tensor Read(OpenFile file, string name, ScalarType type, long[] shape, long offset)
    {
        var bytes = Bytes(file.Path, name, type, shape);
        var tensor = empty(shape, dtype: type);
        try
        {
            Copy(file, name, offset, bytes, tensor);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Copies the values over a tensor; straight into its memory where type and place allow it.</summary>
    /// <param name="path">The file, opened for this tensor alone.</param>
    /// <param name="name">The tensor, for messages.</param>
    /// <param name="type">Type of the numbers in the file.</param>
    /// <param name="offset">Place of the first byte in the file.</param>
    /// <param name="target">A tensor of the same shape.</param>
    /// <exception cref="WeightsException">The file ends early, or the tensor is larger than can be handled.</exception>
    public static void CopyTo(string path, string name, ScalarType type, long offset, Tensor target)
    {
        using var file = OpenFile.Of(path);
        CopyTo(file, name, type, offset, target);
    }

    /// <summary>Copies the values over a tensor; straight into its memory where type and place allow it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The tensor, for messages.</param>
    /// <param name="type">Type of the numbers in the file.</param>
    /// <param name="offset">Place of the first byte in the file.</param>
    /// <param name="target">A tensor of the same shape.</param>
    /// <exception cref="WeightsException">The file ends early, or the tensor is larger than can be handled.</exception>
    public static void CopyTo(OpenFile file, string name, ScalarType type, long offset, Tensor target)
    {
        if (target.dtype == type && target.device_type == DeviceType.CPU && target.is_contiguous())
        {
            Copy(file, name, offset, Bytes(file.Path, name, type, target.shape), target);
            return;
        }

        using var value = Read(file, name, type, target.shape, offset);
        target.copy_(value);
    }

    private static int Bytes(string path, string name, ScalarType type, long[] shape)
    {
        var bytes = shape.Aggregate((long)type.ElementSize(), (product, length) => product * length);
        return bytes <= int.MaxValue
            ? (int)bytes
            : throw new WeightsException(
                $"{path}: tensor '{name}' takes {bytes} bytes; at most {int.MaxValue} are supported. Save it in parts, or in half precision."
            );
    }

    private static void Copy(OpenFile file, string name, long offset, int bytes, Tensor target)
    {
        if (bytes == 0)
        {
            return;
        }

        try
        {
            file.Read(target.bytes[..bytes], offset);
        }
        catch (EndOfStreamException)
        {
            throw new WeightsException($"{file.Path}: cut off inside tensor '{name}'. Copy the file again.");
        }
    }
}
