using System.Text;
using DetectorDsl.Figures;
using DetectorDsl.Runtime.Tests.Hosting;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Figures;

public sealed class StatisticsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ratios_AreOfForegroundAndOfAllRegions()
    {
        var gradients = new ClassGradients(6, 4, 8) + new ClassGradients(0, 0, 0);
        Assert.Equal((4.0, 12.0), (gradients.Negative, gradients.NegativeOfAll));
        Assert.Equal(1.5, gradients.Ratio, 1e-9);
        Assert.Equal(0.5, gradients.RatioOfAll, 1e-9);
        Assert.Equal(6e10, new ClassGradients(6, 0, 0).Ratio, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Json_ReadsBackAsItWasWritten(int heads)
    {
        var written = Statistics.Of("Run", 4, scale: 0.1, heads);
        written = written with
        {
            Classes =
            [
                written.Classes[0] with
                {
                    Instances = null,
                    Gradients = [],
                    Objects = null,
                    Accuracy = null,
                    Frequency = null,
                },
                .. written.Classes.Skip(1),
            ],
        };
        using (var stream = File.Create(folder.File("statistics.json")))
        {
            StatisticsJson.Write(stream, written);
        }

        var read = StatisticsJson.Read(folder.File("statistics.json"));
        Assert.Equal(written.Name, read.Name);
        Assert.Equal(written.Heads.ToArray(), read.Heads.ToArray());
        for (var label = 0; label < 4; label++)
        {
            Assert.Equal(written.Classes[label] with { Gradients = [] }, read.Classes[label] with { Gradients = [] });
            Assert.Equal(written.Classes[label].Gradients.Length, read.Classes[label].Gradients.Length);
            Assert.All(written.Classes[label].Gradients.Zip(read.Classes[label].Gradients), pair =>
            {
                Assert.Equal(pair.First.Positive, pair.Second.Positive);
                Assert.Equal(pair.First.FromClasses, pair.Second.FromClasses);
                Assert.Equal(pair.First.FromBackground, pair.Second.FromBackground, 1e-12);
            });
        }
    }

    [Fact]
    public void Csv_HasALineForEachClass()
    {
        var lines = Csv(Statistics.Of("Run", 2));
        Assert.Equal(
            "id,name,frequency,instance_count,objects,accuracy,box_ap,mask_ap,positive,negative,ratio,negative_all,ratio_all",
            lines[0]
        );
        Assert.StartsWith("10,class 0,r,20,5,0.9,0.5,0.4,2,4,0.49999999998", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("11,class 1,c,10,5,0.65,0.35,,1,2,", lines[2], StringComparison.Ordinal);
        Assert.Contains("positive_0,negative_0", Csv(Statistics.Of("Run", 2, heads: 2))[0], StringComparison.Ordinal);
        var run = Statistics.Of("Run", 2);
        Assert.EndsWith(
            ",5,0.9,0.5,0.4,,,,,",
            Csv(run with { Classes = [run.Classes[0] with { Gradients = [] }] })[1],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"run": "a", "heads": [], "categories": [{"id": 1}]}""")]
    [InlineData("""{"run": "a", "heads": [], "categories": [{"id": "one", "name": "a"}]}""")]
    public void OtherJson_IsRefusedByName(string text)
    {
        File.WriteAllText(folder.File("other.json"), text);
        Assert.Contains(
            "other.json",
            Assert.Throws<FigureException>(() => StatisticsJson.Read(folder.File("other.json"))).Message,
            StringComparison.Ordinal
        );
    }

    private static string[] Csv(RunStatistics statistics)
    {
        using var stream = new MemoryStream();
        StatisticsCsv.Write(stream, statistics);
        return Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
    }
}
