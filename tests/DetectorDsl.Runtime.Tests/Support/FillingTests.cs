using Xunit;

namespace DetectorDsl.Runtime.Tests.Support;

public sealed class FillingTests
{
    [Fact]
    public void NumbersAreThoseOfTheirDefinition()
    {
        // The checks that the definition itself states.
        Assert.Equal([0.6813889110926539, 0.6268993967678398, 0.986869047395885], Filling.Numbers(0, 3, 0, 1));
        Assert.Equal([0.3672001790255308, 0.8206801053602248, 0.7959228809922934], Filling.Numbers(7, 3, 0, 1));
        Assert.Equal(0.5507866360712796, Filling.Unit(123456789, 1000));
    }
}
