using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>How each of P boxes overlaps its partner.</summary>
internal static class BoxPairs
{
    /// <summary>Intersection and union of each pair.</summary>
    /// <param name="first">P x 4.</param>
    /// <param name="second">P x 4.</param>
    public static (Tensor Intersection, Tensor Union) Overlap(Tensor first, Tensor second)
    {
        var size = (minimum(first.narrow(1, 2, 2), second.narrow(1, 2, 2)) - maximum(first.narrow(1, 0, 2), second.narrow(1, 0, 2))).clamp(
            min: Scalars.Of(0)
        );
        var intersection = Product(size);
        return (intersection, Product(Sides(first)).Plus(Product(Sides(second))) - intersection);
    }

    /// <summary>Area of the smallest box around each pair.</summary>
    public static Tensor Hull(Tensor first, Tensor second) =>
        Product(maximum(first.narrow(1, 2, 2), second.narrow(1, 2, 2)) - minimum(first.narrow(1, 0, 2), second.narrow(1, 0, 2)));

    private static Tensor Sides(Tensor boxes) => boxes.narrow(1, 2, 2) - boxes.narrow(1, 0, 2);

    private static Tensor Product(Tensor sides) => sides.select(1, 0) * sides.select(1, 1);
}
