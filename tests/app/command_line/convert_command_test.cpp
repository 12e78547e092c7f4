// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::convert_command_test {

using namespace geneglass::testing;

constexpr const char* kTwo =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[90,0],[90,90],[0,0]]]}"
    ","
    "\"properties\":{\"classification\":{\"name\":\"Tumour\",\"color\":[200,0,0]},\"measurements\":{\"a\":1}}"
    "},"
    "{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[1,1],[2,2],[5,9]]},"
    "\"properties\":{}},"
    "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1]},\"properties\":{}}]}";

/// `geneglass-cli convert`, called as a user calls it.
class ConvertCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_given;

 private Q_SLOTS:
  void initTestCase() { m_given = m_folder.write("given.json", kTwo); }

  void peopleReadWhatCameInAndWentOutAndWhatDidNot() {
    const std::string out = m_folder.path("out.xml");
    const Ended ended = call({"convert", m_given, "--to", "asap", "--out", out});
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    QCOMPARE(ended.output, "2 came in from '" + m_given +
                               "' (GeoJSON (QuPath))\n"
                               "  1 has measurements, which were left out.\n"
                               "  1 with coordinates that are no places on a slide was left out.\n"
                               "1 went out to '" +
                               out +
                               "' (asap)\n"
                               "  1 line of more than two points was left out: the format has none.\n");
    QVERIFY(bytesOfFile(out).find("PartOfGroup=\"Tumour\"") != std::string::npos);
  }

  void theJsonHasTheKeysThatOtherProgramsRead() {
    const Ended ended =
        call({"convert", m_given, "--to", "histomics", "--out", m_folder.path("out.json"), "--json"});
    QCOMPARE(ended.status, 0);
    const auto report = jsonOf(ended.output);
    QCOMPARE(keysOf(report),
             std::string("annotations classes from out read read_remarks to write_remarks written"));
    QCOMPARE(report["read"].get<int>(), 2);
    QCOMPARE(report["written"].get<int>(), 2);
    QCOMPARE(report["classes"].get<int>(), 1);
    QCOMPARE(report["from"].get<std::string>(), std::string("GeoJSON (QuPath)"));
    QCOMPARE(report["read_remarks"].size(), size_t(2));
  }

  void throughEveryFormatAndBackTheAreaIsTheSame() {
    const std::string first = m_folder.path("first.geojson");
    QCOMPARE(call({"convert", m_given, "--to", "geojson", "--out", first}).status, 0);
    const auto ringOf = [&](const std::string& file) {
      return jsonOfFile(file)["features"][0]["geometry"]["coordinates"].dump();
    };
    QCOMPARE(ringOf(first), std::string("[[[0,0],[90,0],[90,90],[0,0]]]"));
    for (const char* key : {"asap", "imagescope", "histomics"}) {
      const std::string there = m_folder.path("there"), back = m_folder.path("back.geojson");
      QCOMPARE(call({"convert", first, "--to", key, "--out", there}).status, 0);
      QCOMPARE(call({"convert", there, "--to", "geojson", "--out", back}).status, 0);
      QCOMPARE(ringOf(back), ringOf(first));
    }
  }

  void anNdpaNeedsItsSlide() {
    const std::string out = m_folder.path("out.ndpa");
    GENEGLASS_REFUSED(
        (Words{"convert", m_given, "--to", "ndpa", "--out", out}),
        "Cannot write '" + out +
            "': an NDPA counts from the centre of the glass: its NDPI slide must be given with it.");
    GENEGLASS_NEED(slide, "slides/fluorescence.ndpi");
    QCOMPARE(call({"convert", m_given, "--to", "ndpa", "--out", out, "--slide", slide.string()}).status, 0);
    const std::string back = m_folder.path("back.geojson");
    QCOMPARE(call({"convert", out, "--to", "geojson", "--out", back, "--slide", slide.string()}).status, 0);
    const auto corner = jsonOfFile(back)["features"][0]["geometry"]["coordinates"][0][2];
    QVERIFY(std::abs(corner[0].get<double>() - 90) < 0.01 && std::abs(corner[1].get<double>() - 90) < 0.01);
  }

  void whatCannotBeReadOrWrittenIsRefusedWithItsReason() {
    const std::string bad = m_folder.write("bad.json", "{\"type\":");
    GENEGLASS_REFUSED((Words{"convert", bad, "--to", "asap", "--out", m_folder.path("x")}),
                      "Cannot read '" + bad + "': it is cut short.");
    GENEGLASS_REFUSED((Words{"convert", m_given, "--to", "asap", "--out", "/none/x.xml"}),
                      "Cannot write '/none/x.xml': No such file or directory.");
    GENEGLASS_REFUSED(
        (Words{"convert", m_given, "--to", "asap", "--out", m_folder.path("x"), "--slide", "/none.svs"}),
        "Cannot open '/none.svs': there is no such file.");
    QVERIFY(!std::filesystem::exists(m_folder.path("x")));
  }

  void aWrongCallShowsTheUsage() {
    GENEGLASS_WRONG_CALL((Words{"convert", m_given, "--to", "kml", "--out", "x"}));
    GENEGLASS_WRONG_CALL((Words{"convert", m_given, "--out", "x"}));
    GENEGLASS_WRONG_CALL((Words{"convert", "--to", "asap"}));
  }
};

}  // namespace geneglass::convert_command_test

GENEGLASS_TEST(geneglass::convert_command_test::ConvertCommandTest)
#include "convert_command_test.moc"
