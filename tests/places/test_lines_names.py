"""What the units of well-known lines are called: line, place, day, full name, short name."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.places.lines import former_names, load_lines, unit_name

LINES = load_lines()
# Places by name: level, code, code of the province.
PLACES = {
    "中国": ("country", "", ""),
    "浙江省": ("province", "330000", "330000"),
    "广东省": ("province", "440000", "440000"),
    "四川省": ("province", "510000", "510000"),
    "山东省": ("province", "370000", "370000"),
    "广西壮族自治区": ("province", "450000", "450000"),
    "北京市": ("province", "110000", "110000"),
    "上海市": ("province", "310000", "310000"),
    "重庆市": ("province", "500000", "500000"),
    "天津市": ("province", "120000", "120000"),
    "杭州市": ("prefecture", "330100", "330000"),
    "温州市": ("prefecture", "330300", "330000"),
    "阿克苏地区": ("prefecture", "652900", "650000"),
    "锡林郭勒盟": ("prefecture", "152500", "150000"),
    "恩施土家族苗族自治州": ("prefecture", "422800", "420000"),
    "钱塘区": ("county", "330114", "330000"),
    "桐庐县": ("county", "330122", "330000"),
    "义乌市": ("county", "330782", "330000"),
    "海淀区": ("county", "110108", "110000"),
    "浦东新区": ("county", "310115", "310000"),
    "达拉特旗": ("county", "150621", "150000"),
    "下沙街道": ("township", "330114001", "330000"),
    "富春江镇": ("township", "330122100", "330000"),
    "莪山畲族乡": ("township", "330122201", "330000"),
    "金华经济技术开发区": ("zone", "", "330000"),
}

# line, place, day, full name, short name
NAMES = """
party_committee 中国 2025-12-31 中国共产党中央委员会 中共中央
government 中国 2025-12-31 中华人民共和国国务院 国务院
congress 中国 2025-12-31 全国人民代表大会常务委员会 全国人大常委会
cppcc 中国 2025-12-31 中国人民政治协商会议全国委员会 全国政协
party_office 中国 2025-12-31 中共中央办公厅 中办
organisation 中国 2025-12-31 中共中央组织部 中央组织部
discipline_inspection 中国 2025-12-31 中共中央纪律检查委员会国家监察委员会 中央纪委国家监委
discipline_inspection 中国 2015-01-01 中共中央纪律检查委员会 中央纪委
social_work 中国 2023-12-31 中共中央社会工作部 中央社会工作部
development_reform 中国 2025-12-31 国家发展和改革委员会 国家发展改革委
development_reform 中国 2003-03-10 国家发展和改革委员会 国家发展改革委
development_reform 中国 2003-03-09 国家发展计划委员会 国家计委
development_reform 中国 1998-03-09 国家计划委员会 国家计委
industry_and_information 中国 2008-03-15 中华人民共和国工业和信息化部 工业和信息化部
education 中国 2020-01-01 中华人民共和国教育部 教育部
education 中国 1995-01-01 国家教育委员会 国家教委
science 中国 1997-01-01 国家科学技术委员会 国家科委
science 中国 2020-01-01 中华人民共和国科学技术部 科学技术部
customs 杭州市 2025-12-31 中华人民共和国杭州海关 杭州海关
customs 上海市 2025-12-31 中华人民共和国上海海关 上海海关
statistical_survey 浙江省 2025-12-31 国家统计局浙江调查总队 浙江调查总队
statistical_survey 温州市 2025-12-31 国家统计局温州调查队 温州调查队
maritime_safety 浙江省 2025-12-31 中华人民共和国浙江海事局 浙江海事局
central_bank 上海市 2025-12-31 中国人民银行上海总部 人民银行上海总部
railway_ministry 中国 2010-01-01 中华人民共和国铁道部 铁道部
railways 中国 2025-12-31 国家铁路局 国家铁路局
civil_aviation 中国 2025-12-31 中国民用航空局 民航局
government_research 浙江省 2025-12-31 浙江省人民政府研究室 浙江省政府研究室
trade_promotion 浙江省 2025-12-31 中国国际贸易促进委员会浙江省委员会 浙江省贸促会
copyright 浙江省 2025-12-31 浙江省版权局 浙江省版权局
human_resources 中国 2010-01-01 中华人民共和国人力资源和社会保障部 人力资源社会保障部
personnel 中国 2005-01-01 中华人民共和国人事部 人事部
labour 中国 2005-01-01 中华人民共和国劳动和社会保障部 劳动和社会保障部
land_resources 中国 2018-03-16 中华人民共和国国土资源部 国土资源部
natural_resources 中国 2018-03-17 中华人民共和国自然资源部 自然资源部
ecology_and_environment 中国 1995-01-01 国家环境保护局 国家环保局
ecology_and_environment 中国 2005-01-01 国家环境保护总局 国家环保总局
ecology_and_environment 中国 2015-01-01 中华人民共和国环境保护部 环境保护部
ecology_and_environment 中国 2020-01-01 中华人民共和国生态环境部 生态环境部
housing_and_construction 中国 2005-01-01 中华人民共和国建设部 建设部
housing_and_construction 中国 2020-01-01 中华人民共和国住房和城乡建设部 住房城乡建设部
transport 中国 2005-01-01 中华人民共和国交通部 交通部
transport 中国 2020-01-01 中华人民共和国交通运输部 交通运输部
agriculture_rural 中国 2015-01-01 中华人民共和国农业部 农业部
agriculture_rural 中国 2020-01-01 中华人民共和国农业农村部 农业农村部
health 中国 2010-01-01 中华人民共和国卫生部 卫生部
health 中国 2015-01-01 中华人民共和国国家卫生和计划生育委员会 国家卫生计生委
health 中国 2020-01-01 中华人民共和国国家卫生健康委员会 国家卫生健康委
emergency_management 中国 2020-01-01 中华人民共和国应急管理部 应急管理部
work_safety 中国 2015-01-01 国家安全生产监督管理总局 国家安监总局
market_regulation 中国 2020-01-01 国家市场监督管理总局 市场监管总局
food_and_drug 中国 2015-01-01 国家食品药品监督管理总局 食品药品监管总局
broadcasting 中国 2015-01-01 国家新闻出版广电总局 新闻出版广电总局
broadcasting 中国 2020-01-01 国家广播电视总局 国家广电总局
forestry 中国 2020-01-01 国家林业和草原局 国家林草局
grain_and_reserves 中国 2020-01-01 国家粮食和物资储备局 国家粮食和储备局
financial_regulation 中国 2010-01-01 中国银行业监督管理委员会 中国银监会
financial_regulation 中国 2020-01-01 中国银行保险监督管理委员会 中国银保监会
financial_regulation 浙江省 2025-01-01 国家金融监督管理总局浙江监管局 浙江金融监管局
financial_regulation 广西壮族自治区 2020-01-01 中国银行保险监督管理委员会广西监管局 广西银保监局
financial_regulation 中国 2025-01-01 国家金融监督管理总局 金融监管总局
rural_revitalisation 中国 2022-01-01 国家乡村振兴局 国家乡村振兴局
rural_revitalisation 中国 2020-01-01 国务院扶贫开发领导小组办公室 国务院扶贫办
data 中国 2024-01-01 国家数据局 国家数据局
court 中国 2025-12-31 中华人民共和国最高人民法院 最高人民法院
women 中国 2025-12-31 中华全国妇女联合会 全国妇联
flood_and_drought_command 中国 2025-12-31 国家防汛抗旱总指挥部 国家防总
party_committee 浙江省 2025-12-31 中国共产党浙江省委员会 浙江省委
party_office 浙江省 2025-12-31 中共浙江省委办公厅 浙江省委办公厅
organisation 浙江省 2025-12-31 中共浙江省委组织部 浙江省委组织部
united_front 浙江省 2025-12-31 中共浙江省委统一战线工作部 浙江省委统战部
politics_and_law 浙江省 2025-12-31 中共浙江省委政法委员会 浙江省委政法委
discipline_inspection 浙江省 2017-06-01 中共浙江省纪律检查委员会浙江省监察委员会 浙江省纪委监委
discipline_inspection 广东省 2017-06-01 中共广东省纪律检查委员会 广东省纪委
supervision 广东省 2017-06-01 广东省监察厅 广东省监察厅
inspection 浙江省 2020-01-01 中共浙江省委巡视工作领导小组办公室 浙江省委巡视办
inspection 杭州市 2020-01-01 中共杭州市委巡察工作领导小组办公室 杭州市委巡察办
government 浙江省 2025-12-31 浙江省人民政府 浙江省政府
government_office 浙江省 2025-12-31 浙江省人民政府办公厅 浙江省政府办公厅
government_office 杭州市 2025-12-31 杭州市人民政府办公厅 杭州市政府办公厅
government_office 温州市 2025-12-31 温州市人民政府办公室 温州市政府办公室
government_office 桐庐县 2025-12-31 桐庐县人民政府办公室 桐庐县政府办公室
development_reform 浙江省 2025-12-31 浙江省发展和改革委员会 浙江省发改委
development_reform 杭州市 2025-12-31 杭州市发展和改革委员会 杭州市发改委
development_reform 桐庐县 2025-12-31 桐庐县发展和改革局 桐庐县发改局
development_reform 海淀区 2025-12-31 海淀区发展和改革委员会 海淀区发改委
industry_and_information 浙江省 2020-01-01 浙江省经济和信息化厅 浙江省经信厅
industry_and_information 浙江省 2015-01-01 浙江省经济和信息化委员会 浙江省经信委
economy_and_trade 浙江省 2005-01-01 浙江省经济贸易委员会 浙江省经贸委
industry_and_information 广东省 2020-01-01 广东省工业和信息化厅 广东省工信厅
industry_and_information 四川省 2020-01-01 四川省经济和信息化厅 四川省经信厅
industry_and_information 上海市 2020-01-01 上海市经济和信息化委员会 上海市经信委
industry_and_information 北京市 2020-01-01 北京市经济和信息化局 北京市经信局
industry_and_information 杭州市 2020-01-01 杭州市经济和信息化局 杭州市经信局
education 浙江省 2020-01-01 浙江省教育厅 浙江省教育厅
education 北京市 2020-01-01 北京市教育委员会 北京市教委
education 海淀区 2020-01-01 海淀区教育委员会 海淀区教委
education 浦东新区 2020-01-01 浦东新区教育局 浦东新区教育局
education 杭州市 2020-01-01 杭州市教育局 杭州市教育局
science 浙江省 2020-01-01 浙江省科学技术厅 浙江省科技厅
science 上海市 2020-01-01 上海市科学技术委员会 上海市科委
ethnic_and_religious 浙江省 2020-01-01 浙江省民族宗教事务委员会 浙江省民宗委
public_security 浙江省 2020-01-01 浙江省公安厅 浙江省公安厅
public_security 上海市 2020-01-01 上海市公安局 上海市公安局
public_security 桐庐县 2020-01-01 桐庐县公安局 桐庐县公安局
civil_affairs 重庆市 2020-01-01 重庆市民政局 重庆市民政局
civil_affairs 四川省 2020-01-01 四川省民政厅 四川省民政厅
justice 义乌市 2020-01-01 义乌市司法局 义乌市司法局
finance 广东省 2020-01-01 广东省财政厅 广东省财政厅
finance 天津市 2020-01-01 天津市财政局 天津市财政局
human_resources 浙江省 2020-01-01 浙江省人力资源和社会保障厅 浙江省人社厅
personnel 浙江省 2005-01-01 浙江省人事厅 浙江省人事厅
natural_resources 浙江省 2020-01-01 浙江省自然资源厅 浙江省自然资源厅
land_resources 浙江省 2015-01-01 浙江省国土资源厅 浙江省国土资源厅
natural_resources 杭州市 2020-01-01 杭州市规划和自然资源局 杭州市规划资源局
natural_resources 温州市 2020-01-01 温州市自然资源和规划局 温州市资规局
natural_resources 北京市 2020-01-01 北京市规划和自然资源委员会 北京市规划自然资源委
natural_resources 上海市 2020-01-01 上海市规划和自然资源局 上海市规划资源局
ecology_and_environment 浙江省 2015-01-01 浙江省环境保护厅 浙江省环保厅
ecology_and_environment 浙江省 2020-01-01 浙江省生态环境厅 浙江省生态环境厅
ecology_and_environment 杭州市 2020-01-01 杭州市生态环境局 杭州市生态环境局
ecology_and_environment 上海市 2020-01-01 上海市生态环境局 上海市生态环境局
housing_and_construction 浙江省 2020-01-01 浙江省住房和城乡建设厅 浙江省住建厅
housing_and_construction 上海市 2020-01-01 上海市住房和城乡建设管理委员会 上海市住建委
transport 浙江省 2020-01-01 浙江省交通运输厅 浙江省交通运输厅
transport 上海市 2020-01-01 上海市交通委员会 上海市交通委
water 浙江省 2020-01-01 浙江省水利厅 浙江省水利厅
water 北京市 2020-01-01 北京市水务局 北京市水务局
agriculture_rural 浙江省 2020-01-01 浙江省农业农村厅 浙江省农业农村厅
agriculture_rural 浙江省 2015-01-01 浙江省农业厅 浙江省农业厅
agriculture_rural 上海市 2020-01-01 上海市农业农村委员会 上海市农业农村委
commerce 浙江省 2020-01-01 浙江省商务厅 浙江省商务厅
commerce 上海市 2020-01-01 上海市商务委员会 上海市商务委
culture_and_tourism 浙江省 2020-01-01 浙江省文化和旅游厅 浙江省文旅厅
culture_and_tourism 杭州市 2020-01-01 杭州市文化广电旅游局 杭州市文广旅游局
culture_and_tourism 桐庐县 2020-01-01 桐庐县文化和广电旅游体育局 桐庐县文广旅体局
culture_and_tourism 重庆市 2020-01-01 重庆市文化和旅游发展委员会 重庆市文旅委
health 浙江省 2020-01-01 浙江省卫生健康委员会 浙江省卫健委
health 浙江省 2010-01-01 浙江省卫生厅 浙江省卫生厅
health 桐庐县 2020-01-01 桐庐县卫生健康局 桐庐县卫健局
health 海淀区 2020-01-01 海淀区卫生健康委员会 海淀区卫健委
veterans 浙江省 2020-01-01 浙江省退役军人事务厅 浙江省退役军人厅
emergency_management 浙江省 2020-01-01 浙江省应急管理厅 浙江省应急厅
emergency_management 桐庐县 2020-01-01 桐庐县应急管理局 桐庐县应急局
work_safety 杭州市 2015-01-01 杭州市安全生产监督管理局 杭州市安监局
audit 浙江省 2020-01-01 浙江省审计厅 浙江省审计厅
state_assets 浙江省 2020-01-01 浙江省人民政府国有资产监督管理委员会 浙江省国资委
market_regulation 浙江省 2020-01-01 浙江省市场监督管理局 浙江省市场监管局
market_regulation 桐庐县 2016-01-01 桐庐县市场监督管理局 桐庐县市场监管局
industry_and_commerce 杭州市 2010-01-01 杭州市工商行政管理局 杭州市工商局
quality_supervision 浙江省 2015-01-01 浙江省质量技术监督局 浙江省质监局
broadcasting 浙江省 2020-01-01 浙江省广播电视局 浙江省广电局
sport 浙江省 2020-01-01 浙江省体育局 浙江省体育局
statistics 浙江省 2020-01-01 浙江省统计局 浙江省统计局
medical_security 浙江省 2020-01-01 浙江省医疗保障局 浙江省医保局
grain_and_reserves 浙江省 2020-01-01 浙江省粮食和物资储备局 浙江省粮食物资局
forestry 浙江省 2020-01-01 浙江省林业局 浙江省林业局
forestry 四川省 2020-01-01 四川省林业和草原局 四川省林草局
forestry 北京市 2020-01-01 北京市园林绿化局 北京市园林绿化局
urban_management 义乌市 2020-01-01 义乌市综合行政执法局 义乌市综合执法局
data 浙江省 2020-01-01 浙江省大数据发展管理局 浙江省大数据局
data 浙江省 2025-01-01 浙江省数据局 浙江省数据局
data 杭州市 2020-01-01 杭州市数据资源管理局 杭州市数据资源局
data 山东省 2020-01-01 山东省大数据局 山东省大数据局
data 广东省 2020-01-01 广东省政务服务数据管理局 广东省政数局
local_finance 浙江省 2020-01-01 浙江省地方金融监督管理局 浙江省地方金融监管局
civil_defence 浙江省 2020-01-01 浙江省人民防空办公室 浙江省人防办
fire_and_rescue 浙江省 2020-01-01 浙江省消防救援总队 浙江省消防总队
fire_and_rescue 杭州市 2020-01-01 杭州市消防救援支队 杭州市消防支队
taxation 浙江省 2020-01-01 国家税务总局浙江省税务局 浙江省税务局
taxation 杭州市 2010-01-01 杭州市国家税务局 杭州市国税局
local_taxation 浙江省 2010-01-01 浙江省地方税务局 浙江省地税局
meteorology 浙江省 2020-01-01 浙江省气象局 浙江省气象局
supply_and_marketing 浙江省 2020-01-01 浙江省供销合作社联合社 浙江省供销社
court 浙江省 2020-01-01 浙江省高级人民法院 浙江省高院
court 杭州市 2020-01-01 杭州市中级人民法院 杭州市中院
court 桐庐县 2020-01-01 桐庐县人民法院 桐庐县法院
procuratorate 义乌市 2020-01-01 义乌市人民检察院 义乌市检察院
trade_union 浙江省 2020-01-01 浙江省总工会 浙江省总工会
youth_league 浙江省 2020-01-01 中国共产主义青年团浙江省委员会 共青团浙江省委
federation_of_industry_and_commerce 杭州市 2020-01-01 杭州市工商业联合会 杭州市工商联
rule_of_law 浙江省 2020-01-01 中共浙江省委全面依法治省委员会 浙江省委全面依法治省委员会
rule_of_law 广西壮族自治区 2020-01-01 中共广西壮族自治区委员会全面依法治区委员会 广西壮族自治区党委全面依法治区委员会
flood_and_drought_command 浙江省 2020-01-01 浙江省防汛防台抗旱指挥部 浙江省防指
work_safety_commission 桐庐县 2020-01-01 桐庐县安全生产委员会 桐庐县安委会
party_committee 广西壮族自治区 2020-01-01 中国共产党广西壮族自治区委员会 广西壮族自治区党委
organisation 广西壮族自治区 2020-01-01 中共广西壮族自治区委员会组织部 广西壮族自治区党委组织部
education 广西壮族自治区 2020-01-01 广西壮族自治区教育厅 广西壮族自治区教育厅
party_committee 阿克苏地区 2020-01-01 中国共产党阿克苏地区委员会 阿克苏地委
government 阿克苏地区 2020-01-01 阿克苏地区行政公署 阿克苏地区行署
government 锡林郭勒盟 2020-01-01 锡林郭勒盟行政公署 锡林郭勒盟行署
party_committee 锡林郭勒盟 2020-01-01 中国共产党锡林郭勒盟委员会 锡林郭勒盟委
government 恩施土家族苗族自治州 2020-01-01 恩施土家族苗族自治州人民政府 恩施土家族苗族自治州政府
party_committee 浦东新区 2020-01-01 中国共产党浦东新区委员会 浦东新区区委
government 达拉特旗 2020-01-01 达拉特旗人民政府 达拉特旗政府
party_committee 达拉特旗 2020-01-01 中国共产党达拉特旗委员会 达拉特旗委
party_committee 下沙街道 2025-12-31 中国共产党下沙街道工作委员会 下沙街道党工委
government 下沙街道 2025-12-31 下沙街道办事处 下沙街道办
party_committee 富春江镇 2025-12-31 中国共产党富春江镇委员会 富春江镇党委
government 富春江镇 2025-12-31 富春江镇人民政府 富春江镇政府
congress 富春江镇 2025-12-31 富春江镇人民代表大会主席团 富春江镇人大主席团
government 莪山畲族乡 2025-12-31 莪山畲族乡人民政府 莪山畲族乡政府
zone_committee 金华经济技术开发区 2025-12-31 金华经济技术开发区管理委员会 金华经济技术开发区管委会
party_committee 金华经济技术开发区 2025-12-31 中国共产党金华经济技术开发区工作委员会 金华经济技术开发区党工委
"""
CASES = [row.split() for row in NAMES.split("\n") if row]


@pytest.mark.parametrize(("line", "place", "day", "full", "short"), CASES)
def test_a_unit_is_called(line: str, place: str, day: str, full: str, short: str) -> None:
    level, code, province = PLACES[place]
    named = unit_name(place, level, LINES[line], date.fromisoformat(day), province_code=province, code=code)
    assert named is not None
    assert (named.full, named.short) == (full, short)


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("social_work", "中国", "2023-03-15"),
        ("data", "中国", "2020-01-01"),
        ("land_resources", "浙江省", "2020-01-01"),
        ("supervision", "浙江省", "2017-06-01"),
        ("industry_and_commerce", "桐庐县", "2016-01-01"),
        ("rural_revitalisation", "中国", "2024-01-01"),
        ("broadcasting", "桐庐县", "2020-01-01"),
        ("education", "富春江镇", "2020-01-01"),
        ("zone_committee", "桐庐县", "2020-01-01"),
        ("five_water_treatment", "广东省", "2020-01-01"),
    ],
)
def test_there_is_no_such_unit(line: str, place: str, day: str) -> None:
    level, code, province = PLACES[place]
    when = date.fromisoformat(day)
    assert unit_name(place, level, LINES[line], when, province_code=province, code=code) is None


@pytest.mark.parametrize(
    ("line", "place", "alias"),
    [
        ("development_reform", "浙江省", "省发改委"),
        ("development_reform", "浙江省", "省发展和改革委员会"),
        ("development_reform", "桐庐县", "县发改局"),
        ("organisation", "中国", "中组部"),
        ("organisation", "广西壮族自治区", "自治区党委组织部"),
        ("party_committee", "阿克苏地区", "地委"),
        ("government", "阿克苏地区", "行署"),
        ("government", "锡林郭勒盟", "盟行署"),
        ("party_committee", "浦东新区", "区委"),
        ("party_office", "浙江省", "省委办公厅"),
        ("youth_league", "浙江省", "团省委"),
        ("direct_organs", "浙江省", "省直机关工委"),
        ("government_office", "杭州市", "市府办"),
        ("government", "下沙街道", "街道办事处"),
        ("zone_committee", "金华经济技术开发区", "开发区管委会"),
        ("work_safety_commission", "桐庐县", "县安委办"),
        ("taxation", "浙江省", "省税务局"),
        ("discipline_inspection", "浙江省", "浙江省监委"),
        ("public_security", "钱塘区", "钱塘区公安局"),
    ],
)
def test_a_unit_is_also_called(line: str, place: str, alias: str) -> None:
    level, code, province = PLACES[place]
    named = unit_name(place, level, LINES[line], date(2025, 12, 31), province_code=province, code=code)
    assert named is not None and alias in named.aliases


def test_other_names_of_the_place_make_other_names_of_the_unit() -> None:
    line = LINES["education"]
    named = unit_name("景宁畲族自治县", "county", line, date(2025, 1, 1), province_code="330000", also=("景宁县",))
    assert named is not None and {"景宁县教育局", "县教育局"} <= set(named.aliases)


def test_where_words_stand_before_it_the_place_is_named() -> None:
    named = unit_name("浙江省", "province", LINES["party_committee"], date(2025, 1, 1), province_code="330000")
    assert named is not None and "中国共产党省委员会" not in named.aliases and "省委" in named.aliases


@pytest.mark.parametrize(
    ("line", "place", "former"),
    [
        ("ecology_and_environment", "浙江省", [("浙江省环保局", None, 2009), ("浙江省环保厅", 2009, 2018)]),
        ("health", "中国", [("卫生部", None, 2013), ("国家卫生计生委", 2013, 2018)]),
        ("data", "浙江省", [("浙江省大数据局", 2018, 2024)]),
        ("industry_and_information", "浙江省", [("浙江省经信委", 2009, 2018)]),
        ("finance", "浙江省", []),
    ],
)
def test_a_unit_was_called_before(line: str, place: str, former: list[tuple[str, int | None, int]]) -> None:
    level, code, province = PLACES[place]
    names = former_names(place, level, LINES[line], date(2025, 1, 1), province_code=province, code=code)
    assert [(n.name.short, n.since and n.since.year, n.until and n.until.year) for n in names] == former


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 120 and len({tuple(case[:3]) for case in CASES}) == len(CASES)
