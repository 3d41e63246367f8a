using DetectorDsl.Runtime.Native;
using TorchSharp;

namespace DetectorDsl.Runtime.Tests.Native;

/// <summary>What a process that a test starts does.</summary>
internal static class StartedProcess
{
    public const string Argument = "sum";

    public static int Main(string[] arguments)
    {
        if (arguments is not [Argument])
        {
            return 1;
        }

        TorchLibrary.EnsureLoaded();
        using var sum = torch.ones(3).sum();
        Console.WriteLine($"sum {sum.item<float>()}");
        return 0;
    }
}
