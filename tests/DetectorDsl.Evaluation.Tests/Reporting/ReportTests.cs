using System.Globalization;
using System.Text.Json;
using DetectorDsl.Annotations;
using DetectorDsl.Evaluation.Reporting;
using DetectorDsl.Evaluation.Tests.Support;

namespace DetectorDsl.Evaluation.Tests.Reporting;

/// <summary>What a report looks like.</summary>
public class ReportTests
{
    [Fact]
    public void Json_HoldsTheMetricsByNameWithAllDigits()
    {
        using var stream = new MemoryStream();
        var report = Report();
        ReportJson.Write(stream, report);
        using var json = JsonDocument.Parse(stream.ToArray());
        var metrics = json.RootElement.GetProperty("metrics");
        Assert.Equal(
            ["AP", "AP50", "AP75", "APs", "APm", "APl", "APr", "APc", "APf", "AR@300", "ARs@300", "ARm@300", "ARl@300"],
            metrics.EnumerateObject().Select(metric => metric.Name)
        );
        Assert.All(report.Metrics, metric => Assert.Equal(metric.Value, metrics.GetProperty(metric.Name).GetDouble()));
        Assert.Equal("-1", metrics.GetProperty("APc").GetRawText());
        var category = json.RootElement.GetProperty("categories")[1];
        Assert.Equal("f", category.GetProperty("frequency").GetString());
        Assert.Equal(51.0 / 101, category.GetProperty("AP").GetDouble(), 1e-12);
        Assert.Equal(2, category.GetProperty("instances").GetInt32());
        Assert.Equal(1, category.GetProperty("detections").GetInt32());
    }

    [Fact]
    public void Text_IsInPercent_WhateverTheCulture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var lines = ReportTable.Summary(Report()).Concat(ReportTable.Categories(Report())).ToList();
            Assert.Equal("bbox, lvis rules: 1 images, 3 objects, 2 detections (2 counted)", lines[0]);
            Assert.Equal("    AP  AP50  AP75   APs   APm   APl   APr   APc   APf  AR@300  ARs@300  ARm@300  ARl@300", lines[1]);
            Assert.Equal("  75.2  75.2  75.2  75.2     -     - 100.0     -  50.5    75.0     75.0        -        -", lines[2]);
            Assert.Equal("c1           r       1          1 100.0 100.0 100.0", lines[4]);
            Assert.Equal("c2           f       2          1  50.5  50.5  50.0", lines[5]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Csv_HasOneLineACategory()
    {
        using var writer = new StringWriter();
        var report = Report();
        ReportCsv.Write(
            writer,
            report with
            {
                Categories =
                [
                    report.Categories[0] with
                    {
                        Name = "a \"b\", c",
                        TrainingImages = 7,
                        TrainingInstances = 9,
                        AP75 = -1,
                    },
                    report.Categories[1],
                ],
            }
        );
        Assert.Equal(
            [
                "id,name,frequency,training_images,training_instances,instances,detections,AP,AP50,AP75,AR",
                "1,\"a \"\"b\"\", c\",r,7,9,1,1,1,1,,1",
                string.Create(CultureInfo.InvariantCulture, $"2,c2,f,,,2,1,{report.Categories[1].AP:R},{51.0 / 101:R},{51.0 / 101:R},0.5"),
                "",
            ],
            writer.ToString().Split('\n')
        );
    }

    [Fact]
    public void AnUnknownName_SaysWhichThereAre()
    {
        Assert.Contains("AP50, AP75", Assert.Throws<KeyNotFoundException>(() => Report()["AP60"]).Message, StringComparison.Ordinal);
    }

    private static EvaluationReport Report()
    {
        var box = new Box(10, 10, 20, 20);
        var scene = new Scene(1, 2) { Frequencies = [CategoryFrequency.Rare, CategoryFrequency.Frequent] }
            .Object(1, 1, box)
            .Object(1, 2, box)
            .Object(1, 2, new Box(100, 100, 20, 20));
        return new DetectionEvaluator(scene.Build(), EvaluationSettings.Lvis(IouType.Boxes)).Evaluate([
            new(1, 1, 0.5, box, null),
            new(1, 2, 0.5, box, null),
        ]);
    }
}
