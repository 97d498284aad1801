package io.fengsui.hub.grid.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.protocol.value.Name;
import io.fengsui.settings.Problems;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AreaFilesTest {
    private static final String HOLE = """
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "properties": {"code": "1", "level": "city", "name": "城"}, "geometry": null},
              {"type": "Feature", "properties": {"code": 11, "level": "grid", "name_zh": "格", "name_en": "grid", "parent": "1"},
               "geometry": {"type": "Polygon", "coordinates": [[[0,0],[10,0],[10,10],[0,10],[0,0]], [[4,4],[6,4],[6,6],[4,6],[4,4]]]}}
            ]}""";

    @Test
    void findsTheSmallestAreaOfAPointAndNotAHole() {
        Problems problems = new Problems();
        AreaBook book = new AreaBook(AreaFiles.read("a.geojson", HOLE.getBytes(UTF_8), problems));
        assertThat(problems.isEmpty()).as(problems.toString()).isTrue();
        assertThat(book.at(1, 1)).map(Area::code).contains("11");
        assertThat(book.at(5, 5)).isEmpty();
        assertThat(book.at(11, 1)).isEmpty();
        assertThat(book.isWithin("11", "1")).isTrue();
        assertThat(book.isWithin("1", "11")).isFalse();
        assertThat(book.isWithin("140502-9", "140502")).isTrue();
        assertThat(book.name("11")).isEqualTo(new Name("格", "grid"));
    }

    @Test
    void writesWhatItReads() {
        List<Area> areas = AreaFiles.read("a.geojson", HOLE.getBytes(UTF_8), new Problems());
        assertThat(AreaFiles.read("b.geojson", GeoJsonAreas.write(areas).getBytes(UTF_8), new Problems()))
                .isEqualTo(areas);
    }

    @Test
    void readsCsvWithQuotesAndAByteOrderMark() {
        Problems problems = new Problems();
        String csv = "\uFEFFlevel,code,parent,name\r\ncity,1,,\"城区,\"\"新\"\"\"\r\n\r\ngrid,11,1,格\r\n";
        List<Area> areas = AreaFiles.read("a.csv", csv.getBytes(UTF_8), problems);
        assertThat(problems.isEmpty()).as(problems.toString()).isTrue();
        assertThat(areas).extracting(area -> area.name().zh()).containsExactly("城区,\"新\"", "格");
    }

    @Test
    void saysWhatItDoesNotReadAndCutsNothing() {
        StringBuilder csv = new StringBuilder("code,level,name,parent\n");
        for (int i = 0; i <= GeoJsonAreas.MAX_AREAS; i++) {
            csv.append(i).append(",grid,,\n");
        }
        Problems tooMany = new Problems();
        assertThat(AreaFiles.read("a.csv", csv.toString().getBytes(UTF_8), tooMany))
                .hasSize(GeoJsonAreas.MAX_AREAS);
        assertThat(tooMany.toString()).contains("a.csv:100002", "more than 100000 areas");

        Problems tooLong = new Problems();
        String name = "格".repeat(5_000);
        AreaFiles.read("b.csv", ("code,level,name,parent\n1,grid," + name + ",\n").getBytes(UTF_8), tooLong);
        assertThat(tooLong.toString()).contains("b.csv:2", "name has more than 4096 characters");

        Problems foreign = new Problems();
        byte[] gbk = "code,level,name,parent\n1,city,海城,\n".getBytes(Charset.forName("GB18030"));
        assertThat(AreaFiles.read("c.csv", gbk, foreign)).isEmpty();
        assertThat(foreign.toString()).contains("c.csv", "UTF-8");
    }

    @Test
    void namesTheLineOrTheFeatureThatIsWrong() {
        Problems problems = new Problems();
        AreaFiles.read(
                "a.csv",
                "code,level,name,parent\n1,planet,地球,\n2,city\n,city,无,\n3,city,\"未完,\n".getBytes(UTF_8),
                problems);
        assertThat(problems.toString()).contains("a.csv:2", "planet", "a.csv:3", "a.csv:4", "a.csv:5");
        Problems features = new Problems();
        AreaFiles.read("a.geojson", """
                {"features": [
                  {"properties": {"code": "1", "level": "grid"}, "geometry": {"type": "Point", "coordinates": [1, 2]}},
                  {"properties": {"code": "2", "level": "grid"}, "geometry": {"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,1]]]}},
                  {"properties": {"code": "3", "level": "grid"}, "geometry": {"type": "Polygon", "coordinates": [[[0,0],[1e9,0],[1,1],[0,0]]]}},
                  {"properties": {"code": "4", "level": "grid"}, "geometry": {"type": "Polygon", "coordinates": []}}
                ]}""".getBytes(UTF_8), features);
        assertThat(features.count()).isEqualTo(4);
        assertThat(features.toString()).contains("features[0]", "Point", "does not end where it begins", "degrees");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"features\": 3}", "null"})
    void refusesWhatIsNoCollection(String text) {
        Problems problems = new Problems();
        assertThat(AreaFiles.read("a.json", text.getBytes(UTF_8), problems)).isEmpty();
        assertThat(problems.count()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoTree() {
        Area city = new Area("1", AreaLevel.CITY, Name.NONE, "", "", null);
        Area orphan = new Area("2", AreaLevel.GRID, Name.NONE, "9", "", null);
        Area circle = new Area("3", AreaLevel.CITY, Name.NONE, "1", "", null);
        assertThat(AreaBook.faults(List.of(city, orphan, circle, city))).hasSize(3);
        assertThatThrownBy(() -> new AreaBook(List.of(orphan))).isInstanceOf(IllegalArgumentException.class);
    }

    @FuzzTest
    void neverDoesWorseThanAProblem(byte[] content) {
        AreaFiles.read("fuzz.geojson", content, new Problems());
        AreaFiles.read("fuzz.csv", content, new Problems());
    }
}
